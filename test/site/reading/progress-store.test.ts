import { describe, expect, test } from 'vitest'
import { nothing, withDone } from '../../../.vitepress/theme/reading/progress-record.ts'
import {
  loadProgress,
  saveProgress,
  type Shelf,
  storageKey,
} from '../../../.vitepress/theme/reading/progress-store.ts'

const now = new Date('2026-11-23T10:00:00Z')
const some = withDone(nothing, 'read', 'single-server', { at: now.toISOString() })

function shelf(kept: Record<string, string> = {}): Shelf & { kept: Record<string, string> } {
  return {
    kept,
    getItem: (key) => kept[key] ?? null,
    setItem: (key, value) => void (kept[key] = value),
    removeItem: (key) => void delete kept[key],
  }
}
const full: Shelf = {
  ...shelf({ [storageKey]: 'not ours' }),
  setItem: () => {
    throw new Error('QuotaExceededError')
  },
}

test('what was saved is there again', () => {
  const own = shelf()
  expect(saveProgress(own, some)).toBe(true)
  expect(loadProgress(own, now)).toEqual({ progress: some, works: true })
})

test('without a shelf nothing is kept, and nothing breaks', () => {
  expect(loadProgress(undefined, now)).toEqual({ progress: nothing, works: false })
  expect(saveProgress(undefined, some)).toBe(false)
})

describe('what cannot be read', () => {
  test.each(['{', '{"book":"four-tiers","version":2,"done":{}}'])('is set aside: %s', (text) => {
    const own = shelf({ [storageKey]: text })
    expect(loadProgress(own, now)).toEqual({ progress: nothing, works: true })
    expect(own.kept).toEqual({ [`${storageKey}:aside:${now.toISOString()}`]: text })
  })

  test('stays where it is when there is no room to set it aside', () => {
    expect(loadProgress(full, now)).toEqual({ progress: nothing, works: false })
    expect(saveProgress(full, some)).toBe(false)
    expect(full.getItem(storageKey)).toBe('not ours')
  })
})
