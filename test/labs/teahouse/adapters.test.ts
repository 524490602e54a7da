import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openAvatarFiles } from '../../../labs/teahouse/adapters/avatar-files.ts'
import { openPool, withConnection } from '../../../labs/teahouse/adapters/mariadb-pool.ts'
import { prepareSchema } from '../../../labs/teahouse/adapters/mariadb-schema.ts'
import { createMariadbStore } from '../../../labs/teahouse/adapters/mariadb-store.ts'
import { createRedisCache } from '../../../labs/teahouse/adapters/redis-cache.ts'
import { connectRedis, firstContact } from '../../../labs/teahouse/adapters/redis-client.ts'
import { createRedisSessions } from '../../../labs/teahouse/adapters/redis-sessions.ts'
import { createMemoryAvatars } from '../../../labs/teahouse/memory/avatars.ts'
import { createMemoryCache } from '../../../labs/teahouse/memory/cache.ts'
import { createMemorySessions } from '../../../labs/teahouse/memory/sessions.ts'
import { createMemoryStore } from '../../../labs/teahouse/memory/store.ts'
import type { Avatars, Cache, Sessions, Store } from '../../../labs/teahouse/ports.ts'
import { StoreAway } from '../../../labs/teahouse/ports.ts'
import { NOON } from './open-house.ts'

/**
 * What must hold in memory must hold on real servers. The real ones are tested when the environment
 * names an empty MariaDB database and a Redis that may be written to.
 */
const { TEAHOUSE_TEST_DATABASE_URL: databaseUrl, TEAHOUSE_TEST_REDIS_URL: redisUrl } = process.env

const closing: (() => unknown)[] = []
afterAll(() => Promise.all(closing.map((close) => close())))

const stores: [string, () => Promise<Store>][] = [
  ['memory', async () => createMemoryStore({ seededAt: NOON })],
]
if (databaseUrl) {
  const pool = openPool(databaseUrl)
  closing.push(() => pool.end())
  const open = async () => {
    for (const table of ['replies', 'topics', 'users']) {
      await pool.query(`DROP TABLE IF EXISTS ${table}`)
    }
    await Promise.all([1, 2, 3].map(() => prepareSchema(pool, NOON)))
    return createMariadbStore(pool)
  }
  stores.push(['MariaDB', open])

  test('a question that takes too long is given up, and the connection with it', async () => {
    const slow = withConnection(pool, (connection) => connection.query('SELECT SLEEP(60)'), 50)
    await expect(slow).rejects.toThrow(StoreAway)
    await expect(createMariadbStore(pool).ping()).resolves.toBeUndefined()
  })
}

describe.each(stores)('the store, kept by %s', (_, open) => {
  const limits = { top: 10, newest: 5, replies: 2, rows: 100 }

  test('is seeded once, however many servers start at the same time', async () => {
    const { topics, replies, users, rows } = await (await open()).report(limits)
    expect([topics, replies, users, rows.length]).toEqual([14, 65, 10, 14])
  })

  test('puts the busiest topics first, and of equals the older one', async () => {
    const { top, newest } = await (await open()).front(limits)
    expect(top.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(newest.map(({ id }) => id)).toEqual([14, 13, 12, 11, 10])
  })

  test('gives a topic with its latest replies, oldest first, and counts all of them', async () => {
    const topic = await (await open()).findTopic(1, limits)
    expect(topic).toMatchObject({ id: 1, author: 'Mei', replies: 9, createdAt: NOON - 310 * 3.6e6 })
    expect(topic?.latest.map(({ author }) => author)).toEqual(['Nadia', 'Amara'])
    expect(topic?.lastReplyAt).toBe(topic?.latest[1]?.createdAt)
  })

  test('keeps every character and every millisecond of what was written', async () => {
    const store = await open()
    const body = `'"\\; DROP TABLE topics; -- 茶 🍵\nnew line`
    const id = await store.addTopic({ title: '茶', body, author: '阿月', at: NOON + 1 })
    await store.addReply({ topicId: id, body, author: 'Lin', at: NOON + 2 })
    expect(await store.findTopic(id, limits)).toMatchObject({
      opening: { body, author: '阿月', createdAt: NOON + 1 },
      latest: [{ body, author: 'Lin', createdAt: NOON + 2 }],
      lastReplyAt: NOON + 2,
    })
  })

  test('knows no topic that was never opened, and takes no reply to it', async () => {
    const store = await open()
    expect(await store.findTopic(999, limits)).toBeUndefined()
    const reply = { topicId: 999, body: 'Hello?', author: 'Lin', at: NOON }
    expect(await store.addReply(reply)).toBeUndefined()
  })

  test('tells people apart whose names differ in a capital, and remembers their pictures', async () => {
    const store = await open()
    for (const name of ['Lin', 'lin', 'lin']) await store.addUser({ name, at: NOON })
    await store.setAvatar('lin', 'v1')
    expect([await store.findAvatar('lin'), await store.findAvatar('Lin')]).toEqual(['v1', null])
    expect((await store.report(limits)).users).toBe(12)
    await store.addReply({ topicId: 1, body: 'Hi', author: 'lin', at: NOON })
    expect((await store.findTopic(1, limits))?.latest[1]?.avatar).toBe('v1')
  })
})

const shortTerm: [string, () => Promise<{ cache: Cache; sessions: Sessions }>][] = [
  [
    'memory',
    async () => {
      const clock = () => NOON
      return { cache: createMemoryCache({ clock }), sessions: createMemorySessions({ clock }) }
    },
  ],
]
if (redisUrl) {
  const redis = connectRedis({ url: redisUrl, log: () => {} })
  closing.push(() => redis.disconnect())
  const open = async () => {
    await firstContact(redis, { waitMs: 5000 })
    return { cache: createRedisCache(redis), sessions: createRedisSessions(redis) }
  }
  shortTerm.push(['Redis', open])

  test('what is cached in Redis carries its time to live', async () => {
    const { cache } = await open()
    await cache.set('teahouse:test', 'x', { ttlMs: 60_000 })
    expect(await redis.pttl('teahouse:test')).toBeGreaterThan(50_000)
    await cache.delete('teahouse:test')
  })
}

describe.each(shortTerm)('the cache and the sessions, kept by %s', (_, open) => {
  test('give back what was put there until it is deleted', async () => {
    const { cache, sessions } = await open()
    await cache.set('teahouse:a', '茶', { ttlMs: 10_000 })
    await cache.set('teahouse:b', 'b', { ttlMs: 10_000 })
    expect(await cache.get('teahouse:a')).toBe('茶')
    await cache.delete('teahouse:a', 'teahouse:b')
    expect(await cache.get('teahouse:a')).toBeUndefined()
    await sessions.set('web1.x', { user: '小林' }, { ttlMs: 10_000 })
    expect(await sessions.get('web1.x')).toEqual({ user: '小林' })
    await sessions.delete('web1.x')
    expect(await sessions.get('web1.x')).toBeUndefined()
  })
})

const folder = await mkdtemp(join(tmpdir(), 'teahouse-avatars-'))
closing.push(() => rm(folder, { recursive: true }))
const avatars: [string, () => Promise<Avatars>][] = [
  ['memory', async () => createMemoryAvatars()],
  ['files', () => openAvatarFiles(folder)],
]

describe.each(avatars)('pictures, kept by %s', (_, open) => {
  test('come back byte for byte, the latest one only', async () => {
    const kept = await open()
    await kept.put('小林', new Uint8Array([1]))
    await kept.put('小林', new Uint8Array([2, 3]))
    expect(await kept.get('小林')).toEqual(new Uint8Array([2, 3]))
  })

  test.each(['nobody', '../server', '..', 'a/b', 'a\0b', '茶'.repeat(100)])(
    'are not found under a name that nobody can have, and nothing else is either: %j',
    async (name) => {
      expect(await (await open()).get(name)).toBeUndefined()
    },
  )
})

test('a folder of pictures holds whole pictures, and no drafts', async () => {
  const kept = await openAvatarFiles(folder)
  await kept.put('Lin', new Uint8Array([1]))
  expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([])
})
