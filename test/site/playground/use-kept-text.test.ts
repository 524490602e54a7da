import { expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { storageKeyOf } from '../../../.vitepress/theme/playground/kept-edits.ts'
import { useKeptText } from '../../../.vitepress/theme/playground/use-kept-text.ts'

/** Two tabs of one browser; what one writes, the other hears. */
function openTabs(id: string) {
  const kept = new Map<string, string>()
  const pages: EventTarget[] = []
  function open() {
    const page = new EventTarget()
    pages.push(page)
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem(key: string, text: string) {
        kept.set(key, text)
        const told = () => Object.assign(new Event('storage'), { key })
        for (const other of pages) if (other !== page) other.dispatchEvent(told())
      },
    } as Storage
    const onChange = vi.fn()
    const parts = { id, starter: 'starter', onChange, page, storage: () => storage }
    const scope = effectScope()
    return { ...scope.run(() => useKeptText(parts))!, onChange, scope, page }
  }
  return [open(), open()] as const
}

test('a tab hears that another has changed the text, and keeps its own on the screen', () => {
  const [one, other] = openTabs('heard')
  one.edit('from one')
  expect(other.theirs.value).toBe('from one')
  expect(other.text.value).toBe('starter')
  expect(one.theirs.value).toBe(undefined)
})

test('who writes on in the other tab overwrites nothing until he chooses', () => {
  const [one, other] = openTabs('chosen')
  one.edit('from one')
  other.edit('from the other')
  expect([one.theirs.value, other.theirs.value]).toEqual([undefined, 'from one'])

  other.keepMine()
  expect([one.theirs.value, other.theirs.value]).toEqual(['from the other', undefined])
  expect(one.text.value).toBe('from one')
})

test('the other text can be taken, and is judged', () => {
  const [one, other] = openTabs('taken')
  one.edit('from one')
  other.takeTheirs()
  expect([other.text.value, other.theirs.value]).toEqual(['from one', undefined])
  expect(other.onChange).toHaveBeenCalledOnce()
  other.edit('and on')
  expect(one.theirs.value).toBe('and on')
})

test('two that come to the same text have nothing to choose', () => {
  const [one, other] = openTabs('agreed')
  one.edit('from one')
  other.edit('from one')
  expect([one.theirs.value, other.theirs.value]).toEqual([undefined, undefined])
})

test('another exercise, or a tab that was left, hears nothing', () => {
  const [one, other] = openTabs('deaf')
  const [stranger] = openTabs('stranger')
  one.edit('from one')
  expect(stranger.theirs.value).toBe(undefined)
  other.scope.stop()
  one.edit('more')
  other.page.dispatchEvent(Object.assign(new Event('storage'), { key: storageKeyOf('deaf') }))
  expect(other.theirs.value).toBe('from one')
})
