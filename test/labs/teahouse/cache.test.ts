import { expect, test, vi } from 'vitest'
import { cached } from '../../../labs/teahouse/cached.ts'
import { createMemoryCache } from '../../../labs/teahouse/memory/cache.ts'
import { createMemoryStore } from '../../../labs/teahouse/memory/store.ts'
import type { Cache, Store } from '../../../labs/teahouse/ports.ts'
import { StoreAway } from '../../../labs/teahouse/ports.ts'
import { NOON, openHouse } from './open-house.ts'

const away = async () => {
  throw new Error('away')
}
const brokenCache: Cache = { get: away, set: away, delete: away }

const storeAway = async (): Promise<never> => {
  throw new StoreAway('ECONNREFUSED')
}
const brokenStore: Store = {
  ...createMemoryStore(),
  ping: storeAway,
  front: storeAway,
  findTopic: storeAway,
  addUser: storeAway,
}

test('the first visit is a miss, and the second a hit, until the time to live is over', async () => {
  const { ask, pass } = openHouse({ cacheTtlMs: 1000 })
  const outcome = async () => (await ask('/')).headers.get('x-cache')
  expect(await outcome()).toBe('miss')
  expect(await outcome()).toBe('hit')
  pass(999)
  expect(await outcome()).toBe('hit')
  pass(1)
  expect(await outcome()).toBe('miss')
})

test('a hit asks nothing of the database', async () => {
  const store = createMemoryStore({ seededAt: NOON })
  const findTopic = vi.spyOn(store, 'findTopic')
  const { ask } = openHouse({ store })
  await ask('/topics/3')
  await ask('/topics/3')
  expect(findTopic).toHaveBeenCalledTimes(1)
})

test('a reply makes the cache forget the topic and the front page, and nothing else', async () => {
  const { ask, post, signIn } = openHouse()
  const cookie = await signIn('Lin')
  const outcomes = async () => {
    const answers = await Promise.all(['/', '/topics/3', '/topics/4'].map((path) => ask(path)))
    return answers.map((answer) => answer.headers.get('x-cache'))
  }
  await outcomes()
  await post('/topics/3/replies', { body: 'Both.' }, cookie)
  expect(await outcomes()).toEqual(['miss', 'miss', 'hit'])
})

test('when the cache fails, pages cost a hit and nothing more', async () => {
  const { ask, post, signIn } = openHouse({ cache: brokenCache })
  for (const path of ['/', '/topics/3', '/api/topics.json']) {
    const answer = await ask(path)
    expect([answer.status, answer.headers.get('x-cache')]).toEqual([200, 'bypass'])
  }
  const cookie = await signIn('Lin')
  expect((await post('/topics/3/replies', { body: 'Still here' }, cookie)).status).toBe(303)
})

test('without any cache the forum works, and says so', async () => {
  const answer = await openHouse({ cache: undefined }).ask('/')
  expect(answer.headers.get('x-cache')).toBe('bypass')
})

test('when the store is away, pages are a 503 that says when to come back', async () => {
  const answer = await openHouse({ store: brokenStore }).ask('/topics/3')
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('2')
  expect(await answer.text()).toContain('database')
})

test('a page that the cache holds outlives the database', async () => {
  const store = createMemoryStore({ seededAt: NOON })
  const { ask } = openHouse({ store })
  await ask('/topics/3')
  store.findTopic = storeAway
  expect((await ask('/topics/3')).status).toBe(200)
  expect((await ask('/topics/4')).status).toBe(503)
})

test('an error that nobody expected is a 500, and is reported', async () => {
  const bug = new TypeError('teapot is undefined')
  const report = vi.fn()
  const store = { ...brokenStore, front: () => Promise.reject(bug) }
  const answer = await openHouse({ store, report }).ask('/')
  expect(answer.status).toBe(500)
  expect(await answer.text()).not.toContain('teapot')
  expect(report).toHaveBeenCalledWith(bug)
})

test('what does not exist is not cached', async () => {
  const cache = createMemoryCache({ clock: () => 0 })
  const look = () => cached({ cache, key: 'k', ttlMs: 1, load: async () => undefined })
  expect(await look()).toEqual({ outcome: 'miss', value: undefined })
  expect(await look()).toEqual({ outcome: 'miss', value: undefined })
})

test('a full memory cache drops what was written longest ago', async () => {
  const cache = createMemoryCache({ clock: () => 0, capacity: 2 })
  for (const key of ['a', 'b', 'a', 'c']) await cache.set(key, key, { ttlMs: 1000 })
  expect(await Promise.all(['a', 'b', 'c'].map((key) => cache.get(key)))).toEqual([
    'a',
    undefined,
    'c',
  ])
})
