import { expect, test } from 'vitest'
import { openCache } from '../../../labs/teahouse/open-cache.ts'
import type { ForumCache, OpenCache } from '../../../labs/teahouse/ports.ts'

const forum = { redisUrl: 'redis://redis', server: 'web1', topicIds: () => Promise.resolve([]) }
const nothing = () => Promise.resolve(undefined)
const sessions = { get: nothing, set: nothing, delete: nothing }
const whole = { read: nothing, change: nothing, sessions } as unknown as ForumCache
const open = (value: unknown) => openCache((() => value) as OpenCache, forum)

test('a cache is taken, and so is one that comes later', async () => {
  expect(await open(whole)).toBe(whole)
  expect(await open(Promise.resolve(whole))).toBe(whole)
})

test.each([
  [undefined, 'openCache returned undefined'],
  [null, 'openCache returned null'],
  [7, 'something without read, change, sessions.get, sessions.set, sessions.delete'],
  [{ read: nothing, change: nothing }, 'without sessions.get, sessions.set, sessions.delete'],
  [{ ...whole, sessions: { ...sessions, delete: 1 } }, 'without sessions.delete, but'],
])('%j is none: what it lacks is said', async (value, words) => {
  await expect(open(value)).rejects.toThrow(words)
})

test('what it throws is thrown', async () => {
  const broken: OpenCache = () => {
    throw new TypeError('no url')
  }
  await expect(openCache(broken, forum)).rejects.toThrow('no url')
})
