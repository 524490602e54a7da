import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { type Level, MultiLevelCache } from '../../snippets/cache/multi-level-cache.ts'
import { levelOf } from './levels.ts'
import { openRedises } from './redis-servers.ts'
import { Database } from './shards.ts'

const { claim, start } = openRedises(import.meta.url)

const [page, lock] = ['page:topic:7', 'lock:topic:7']
const fill = readFileSync(new URL('./redis/fill.lua', import.meta.url), 'utf8')

/** A group and a main level, both empty, and a database that has the page's first version. */
async function twoLevels() {
  const [group, main] = await start(2)
  const [near, far] = [levelOf(group!), levelOf(main!)]
  const empty = () => Promise.all([group!, main!].map(({ redis }) => redis.flushall()))
  return { group: group!, main: main!, near, far, empty }
}

const loadFrom = (database: Database) => async (key: string) => database.load(key)

claim(
  'far-first-when-deleting',
  'a change that deletes in the group first: a reader in between brings the old page back from the main level, and there it stays; the main level first, and it does not',
  async ({ figure }) => {
    const { near, far, empty } = await twoLevels()

    /** What is shown after a change, if another server's reader comes after every step of it. */
    async function shownAfter(tell: (levels: readonly Level<string>[]) => Promise<void>) {
      await empty()
      const database = new Database()
      const other = new MultiLevelCache([near, far])
      const read = async () => (await other.get(page, loadFrom(database))).value
      expect(await read()).toBe('version 1')
      database.change(page)
      const thenRead = (level: Level<string>): Level<string> => ({
        ...level,
        delete: async (key) => {
          await level.delete(key)
          await read()
        },
      })
      await tell([near, far].map(thenRead))
      return read()
    }

    const farFirst = await shownAfter((levels) => new MultiLevelCache(levels).invalidate(page))
    const nearFirst = await shownAfter(async (levels) => {
      for (const level of levels) await level.delete(page)
    })
    expect([farFirst, nearFirst]).toEqual(['version 2', 'version 1'])
    figure({
      en: `Written, deleted at both levels, a reader after each step: main level first, readers are shown ${farFirst}; group first, ${nearFirst}`,
      zh: `写了第 2 版，两级都删了，每一步之后都来一位读者：先删主缓存，读者看到 ${farFirst}；先删小组，${nearFirst}`,
    })
  },
)

/** A level that has been read and says so only when it is told to. */
function slowToAnswer(level: Level<string>) {
  let hasRead = () => {}
  let goOn = () => {}
  const read = new Promise<void>((resolve) => (hasRead = resolve))
  const gate = new Promise<void>((resolve) => (goOn = resolve))
  const slow: Level<string> = {
    ...level,
    get: async (key) => {
      const found = await level.get(key)
      hasRead()
      await gate
      return found
    },
  }
  return { slow, read, goOn }
}

claim(
  'late-fill-at-a-near-level',
  'who has read the main level before a change on another server, and fills after it, puts the old page back into the group; not if the change was made on the same server, nor if the group takes a fill only with a lease',
  async ({ figure }) => {
    const { group, main, near, far, empty } = await twoLevels()

    /** The next reader's find, if the change was made on this server. */
    async function foundAfter(change: 'none' | 'here' | 'elsewhere', filled = near) {
      await empty()
      await main.redis.set(page, 'version 1')
      const database = new Database()
      const { slow, read, goOn } = slowToAnswer(far)
      const web2 = new MultiLevelCache([filled, slow])
      const late = web2.get(page, loadFrom(database))
      await read
      if (change !== 'none') {
        database.change(page)
        await (change === 'here' ? web2 : new MultiLevelCache([near, far])).invalidate(page)
        await group.redis.del(lock)
      }
      goOn()
      expect((await late).value).toBe('version 1')
      const found = await new MultiLevelCache([near, far]).get(page, loadFrom(database))
      return `${found.value} from ${found.outcome === 'miss' ? 'the database' : `level ${found.level}`}`
    }

    /** Who finds nothing takes the lock; a change deletes it, too. */
    const leased: Level<string> = {
      ...near,
      get: async (key) => {
        const found = await near.get(key)
        if (found === undefined) await group.redis.set(lock, 'mine', 'PX', 600_000, 'NX')
        return found
      },
      set: async (key, value) =>
        void (await group.redis.eval(fill, 2, key, lock, 'mine', value, 600_000)),
    }

    expect(await foundAfter('none', leased), 'the lease lets fill').toBe('version 1 from level 0')
    const [elsewhere, here] = [await foundAfter('elsewhere'), await foundAfter('here')]
    const lease = await foundAfter('elsewhere', leased)
    expect(elsewhere).toBe('version 1 from level 0')
    expect([here, lease]).toEqual(Array(2).fill('version 2 from the database'))
    figure({
      en: `Read before a change, filled after it; the next reader is shown ${elsewhere}; with the change on the same server ${here}; with a lease at the group ${lease}`,
      zh: `改之前读的，改之后才回填；下一位读者：改动在另一台服务器上，从小组看到第 1 版；在同一台上，从数据库看到第 2 版；小组只凭租约回填，从数据库看到第 2 版`,
    })
  },
)
