import { expect, test } from 'vitest'
import { withDates, withTimes } from '../../../labs/teahouse/dated.ts'
import type { ForumCache } from '../../../labs/teahouse/ports.ts'
import { openHouse } from './open-house.ts'

function recordedCache() {
  const read: string[] = []
  const changed: string[] = []
  const kept = new Map<string, unknown>()
  const forumCache: ForumCache = {
    async read(name, load) {
      read.push(name)
      if (!kept.has(name)) kept.set(name, await load())
      return { outcome: 'hit', value: kept.get(name) as never }
    },
    async change(names, write, more) {
      const written = await write()
      changed.push(...names, ...(more?.(written) ?? []))
      kept.clear()
      return written
    },
    sessions: {
      get: (id) => Promise.resolve({ user: id }),
      set: () => Promise.resolve(),
      delete: () => Promise.resolve(),
    },
  }
  return { forumCache, read, changed, kept }
}

test("pages, and what does not exist, are read through a reader's cache", async () => {
  const { forumCache, read, kept } = recordedCache()
  const { ask } = openHouse({ forumCache })
  expect((await ask('/')).status).toBe(200)
  const topic = await ask('/topics/3')
  expect(topic.headers.get('x-cache')).toBe('hit')
  expect((await ask('/topics/404')).status).toBe(404)
  expect(read).toEqual(['front', 'topic:3', 'topic:404'])
  expect(kept.get('topic:3')).toMatchObject({ createdAt: expect.any(Date) })
})

test("what is written goes through a reader's cache, which hears what it changes", async () => {
  const { forumCache, changed } = recordedCache()
  const { post, signIn } = openHouse({ forumCache })
  const cookie = await signIn('Lu Yu')
  await post('/topics/3/replies', { body: 'Spring water.' }, cookie)
  expect(changed).toEqual(['topic:3', 'front'])
  const { headers } = await post('/topics', { title: 'Water', body: 'Which one?' }, cookie)
  expect(`/${changed.at(-1)?.replace(':', 's/')}`).toBe(headers.get('location'))
})

test('a moment goes to the cache as a Date and comes back; one that has become text is an error', () => {
  const topic = { title: 'Water', createdAt: 5, lastReplyAt: null, latest: [{ createdAt: 7 }] }
  expect(withDates(topic)).toMatchObject({
    createdAt: new Date(5),
    latest: [{ createdAt: new Date(7) }],
  })
  expect(withTimes(withDates(topic))).toEqual(topic)
  expect(() => withTimes(JSON.parse(JSON.stringify(withDates(topic))))).toThrow(TypeError)
  expect(withTimes(withDates(undefined))).toBeUndefined()
})
