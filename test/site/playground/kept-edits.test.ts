import { expect, test } from 'vitest'
import { createKeptEdits } from '../../../.vitepress/theme/playground/kept-edits.ts'

/** A browser's storage, as far as it is used. */
function createStorage(): Storage {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as Storage
}
const closed = (): Storage => {
  throw new DOMException('denied', 'SecurityError')
}
const full = {
  getItem: () => null,
  setItem: () => {
    throw new DOMException('full', 'QuotaExceededError')
  },
} as unknown as Storage

test('who has written nothing has no edits', () => {
  expect(createKeptEdits('new', createStorage).read()).toBe(undefined)
})

test('edits are found again by the next page, each exercise its own', () => {
  const storage = createStorage()
  expect(createKeptEdits('one', () => storage).write({ text: 'mine', putAside: 'old' })).toBe(
    'kept',
  )
  expect(createKeptEdits('one', () => storage).read()).toEqual({ text: 'mine', putAside: 'old' })
  expect(createKeptEdits('other', () => storage).read()).toBe(undefined)
})

test.each([
  ['closed', closed],
  ['full', () => full],
])('a storage that is %s keeps edits as long as the page, and says so', (name, storage) => {
  expect(createKeptEdits(name, storage).write({ text: 'mine' })).toBe('not-kept')
  expect(createKeptEdits(name, storage).read()).toEqual({ text: 'mine' })
})

test.each(['{', '7', '"text"', '{"text":7}', '[]'])(
  'what is none of ours is passed over: %s',
  (junk) => {
    const storage = createStorage()
    storage.setItem('four-tiers:exercise:junk', junk)
    expect(createKeptEdits('junk', () => storage).read()).toBe(undefined)
  },
)

test('what another page has written since is not overwritten, but when the reader says so', () => {
  const storage = createStorage()
  const [here, there] = ['both', 'both'].map((id) => createKeptEdits(id, () => storage))
  here!.read()
  there!.read()
  there!.write({ text: 'theirs' })
  expect(here!.elsewhere()).toEqual({ text: 'theirs' })
  expect(here!.write({ text: 'mine' })).toBe('changed-elsewhere')
  expect(there!.read()).toEqual({ text: 'theirs' })
  expect(here!.write({ text: 'mine' }, true)).toBe('kept')
  expect(there!.read()).toEqual({ text: 'mine' })
  expect(here!.elsewhere()).toBe(undefined)
})

test('two pages that have written the same are of one mind', () => {
  const storage = createStorage()
  const [here, there] = ['same', 'same'].map((id) => createKeptEdits(id, () => storage))
  there!.write({ text: 'same' })
  expect(here!.write({ text: 'same' })).toBe('kept')
})
