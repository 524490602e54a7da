import fc from 'fast-check'
import { expect } from 'vitest'
import type * as Aside from '../../../snippets/cache/cache-aside.ts'
import type * as AnyOf from '../../../snippets/cache/any-of.ts'
import type * as Memory from '../../../snippets/cache/memory-store.ts'
import type * as Levels from '../../../snippets/cache/multi-level-cache.ts'
import type * as Flight from '../../../snippets/cache/single-flight.ts'
import type { CacheAside, CacheAsideOptions } from '../../../snippets/cache/cache-aside.ts'
import type { Store } from '../../../snippets/cache/store.ts'
import { fuzzSeed } from '../nginx/seeded.ts'
import type { Load } from '../nginx/planted-bugs.ts'
import { arrived, HandClock, HandDatabase, settled } from './by-hand.ts'

export type Modules = typeof Aside & typeof Memory & typeof Levels & typeof Flight & typeof AnyOf

const names = ['cache-aside', 'memory-store', 'multi-level-cache', 'single-flight', 'any-of']

export const loadModules = async (load: Load): Promise<Modules> =>
  Object.assign(
    {},
    ...(await Promise.all(names.map((name) => load(`cache/${name}.ts`)))),
  ) as Modules

fc.configureGlobal({ seed: fuzzSeed(), endOnFailure: true })

const settings = {
  ...{ ttlMs: 1000, absentTtlMs: 100, jitter: 0, staleMs: 0, earliness: 0, softTimeoutMs: 0 },
  ...{ leaseMs: 500, pollMs: 10, patienceMs: 2000, random: () => 0.5 },
}

/** Servers with a cache each over one store, a clock and a database. */
export function house(
  modules: Modules,
  changed: Partial<CacheAsideOptions<number>> = {},
  servers = 1,
) {
  const clock = new HandClock()
  const database = new HandDatabase<number>()
  const store = new modules.MemoryStore<number>({ capacity: 1000, now: clock.now })
  const errors: unknown[] = []
  const onError = (error: unknown) => errors.push(error)
  const caches = Array.from(
    { length: servers },
    (): CacheAside<number> =>
      new modules.CacheAside({
        ...{ ...settings, store, now: clock.now, sleep: clock.sleep, onError },
        ...changed,
      }),
  )
  const get = (key = 'k', server = 0) => Promise.resolve(caches[server]!.get(key, database.load))
  /** Puts it in the database, and in the cache by asking for it. */
  const warm = async (value: number, key = 'k') => {
    database.rows.set(key, value)
    const asked = get(key)
    await settled()
    await database.answer()
    await arrived(asked)
  }
  return { clock, database, store, errors, caches, get, warm }
}

/** The same store behind a network. */
export const farAway = <V>(store: Store<V>): Store<V> => ({
  get: async (key) => store.get(key),
  lease: async (key, leaseMs) => store.lease(key, leaseMs),
  fill: async (key, token, entry, keepMs) => store.fill(key, token, entry, keepMs),
  release: async (key, token) => store.release(key, token),
  delete: async (key) => store.delete(key),
})

const act = fc.record({
  kind: fc.constantFrom('read', 'read', 'read', 'answer', 'answer', 'fail', 'write', 'wait'),
  server: fc.nat(1),
  key: fc.constantFrom('a', 'b'),
  which: fc.nat(3),
  ms: fc.integer({ min: 1, max: 40 }),
})

/** Readers and writers on two servers, answers of the database in any order: nobody sees the past. */
async function nobodySeesThePast(modules: Modules): Promise<void> {
  let acts = 0
  const story = fc.array(act, { minLength: 100, maxLength: 1000, size: 'max' })
  await fc.assert(
    fc.asyncProperty(story, fc.boolean(), async (story, isFar) => {
      const changed = { staleMs: 0, earliness: 1, ttlMs: 200, patienceMs: 1e9, leaseMs: 1e9 }
      const { clock, database, caches, store } = house(modules, {}, 0)
      const reached = isFar ? farAway(store) : store
      for (let server = 0; server < 2; server++)
        caches.push(
          new modules.CacheAside({
            ...{ ...settings, ...changed, store: reached, now: clock.now, sleep: clock.sleep },
          }),
        )
      const reads: Promise<void>[] = []
      const surprises: string[] = []
      const read = async (server: number, key: string) => {
        const written = database.rows.get(key) ?? 0
        try {
          const { value = 0 } = await caches[server]!.get(key, database.load)
          if (value < written) surprises.push(`${key} is ${value}, was ${written} before`)
        } catch {
          // The database was away.
        }
      }
      for (const [index, { kind, server, key, which, ms }] of story.entries()) {
        if (kind === 'read') reads.push(read(server, key))
        if (kind === 'answer') await database.answer(which % Math.max(1, database.waiting))
        if (kind === 'fail') await database.fail()
        if (kind === 'wait') await clock.pass(ms)
        if (kind === 'write') {
          database.rows.set(key, index + 1)
          await caches[server]!.invalidate(key)
        }
      }
      for (let step = 0; step < 50 || database.waiting > 0; step++) {
        await database.answer()
        await clock.pass(20)
      }
      await arrived(Promise.all(reads))
      expect(surprises).toEqual([])
      acts += story.length
    }),
    { numRuns: 260 },
  )
  expect(acts).toBeGreaterThan(100_000)
}

/** True of every right implementation; each rejects when it finds a cache at fault. */
export const laws = {
  'on two servers nobody sees what was before a change that is acknowledged': nobodySeesThePast,

  'a hundred who want one key at once ask the database once, also when it fails': async (
    modules: Modules,
  ) => {
    const { database, get, clock } = house(modules, {}, 2)
    database.rows.set('k', 7)
    const crowd = (size: number) =>
      Promise.allSettled(Array.from({ length: size }, (_, at) => get('k', at % 2)))
    for (const fails of [true, false]) {
      const before = database.questions
      const answers = crowd(100)
      await settled()
      expect(database.waiting).toBe(1)
      if (fails) {
        await database.fail()
        await clock.pass(10)
        expect(database.waiting).toBe(1)
      }
      await database.answer()
      await clock.pass(10)
      const seen = (await arrived(answers)).map((one) =>
        one.status === 'fulfilled' ? one.value.value : 'error',
      )
      expect(database.questions - before).toBe(fails ? 2 : 0)
      if (fails) expect(seen.filter((one) => one === 'error')).toHaveLength(50)
      else expect(seen).toEqual(Array(100).fill(7))
      if (fails) break
    }
  },

  'whoever has waited for another’s load finds it, and does not load again': async (
    modules: Modules,
  ) => {
    const { clock, database, get } = house(modules, {}, 2)
    database.rows.set('k', 7)
    const crowd = Promise.all(Array.from({ length: 100 }, (_, at) => get('k', at % 2)))
    await settled()
    await database.answer()
    await clock.pass(10)
    expect((await arrived(crowd)).map(({ value }) => value)).toEqual(Array(100).fill(7))
    expect(database.questions).toBe(1)
  },

  'a lease is its holder’s: nobody else ends it, or fills by it': async (modules: Modules) => {
    const { clock, store } = house(modules)
    const entry = { value: 7, freshUntil: Infinity, costMs: 0 }
    const old = store.lease('k', 500)!
    expect(store.lease('k', 500)).toBeUndefined()
    store.delete('k')
    const own = store.lease('k', 500)!
    store.release('k', old)
    expect(store.fill('k', old, entry, 1000)).toBe(false)
    expect(store.lease('k', 500)).toBeUndefined()
    expect(store.fill('k', own, entry, 1000)).toBe(true)
    expect(store.get('k')).toEqual(entry)
    const late = store.lease('k', 500)!
    await clock.pass(500)
    expect(store.fill('k', late, { ...entry, value: 8 }, 1000)).toBe(false)
    expect(store.get('k')).toEqual(entry)
  },

  'a hit is answered at once, with no promise': async (modules: Modules) => {
    const { caches, database, warm } = house(modules)
    await warm(7)
    expect(caches[0]!.get('k', database.load)).toEqual({ outcome: 'hit', value: 7 })
  },

  'when the one who loads has died, another server loads as soon as the lease is over': async (
    modules: Modules,
  ) => {
    const { clock, database, get } = house(modules, {}, 2)
    database.rows.set('k', 7)
    void get('k', 0)
    await settled()
    const other = get('k', 1)
    await clock.pass(490)
    expect(database.questions).toBe(1)
    await clock.pass(10)
    expect(database.questions).toBe(2)
    await database.answer(1)
    expect(await arrived(other)).toEqual({ outcome: 'miss', value: 7 })
  },

  'who has waited long enough for another loads without him': async (modules: Modules) => {
    const { clock, database, get } = house(modules, { leaseMs: 1e6, patienceMs: 30 }, 2)
    void get('k', 0)
    await settled()
    void get('k', 1)
    await settled()
    for (let step = 0; step < 3; step++) await clock.pass(10)
    expect(database.questions).toBe(2)
  },

  'a clock that is set back keeps nobody waiting': async (modules: Modules) => {
    const { clock, database, get } = house(modules, { leaseMs: 1e6, patienceMs: 30 }, 2)
    database.rows.set('k', 1)
    void get('k', 0).catch(() => {})
    await settled()
    const second = get('k', 1)
    await settled()
    clock.jump(-3_600_000)
    await clock.pass(10)
    expect(database.questions).toBe(2)
    await database.answer(1)
    expect(await arrived(second)).toEqual({ outcome: 'miss', value: 1 })
  },

  'a clock that is set forward costs one load a key, and no more': async (modules: Modules) => {
    const { clock, database, get, warm } = house(modules, { ttlMs: 1000, staleMs: 1000 })
    await warm(1)
    database.rows.set('k', 2)
    clock.jump(3_600_000)
    const asked = [get(), get(), get()]
    await settled()
    await database.answer()
    expect((await Promise.all(asked)).map(({ value }) => value)).toEqual([2, 2, 2])
    expect(await arrived(get())).toEqual({ outcome: 'hit', value: 2 })
    expect(database.questions).toBe(2)
  },

  'what does not exist is asked of the database once, and again soon': async (modules: Modules) => {
    const { clock, database, get } = house(modules)
    const first = get()
    await settled()
    await database.answer()
    expect([await arrived(first), await arrived(get())]).toEqual([
      { outcome: 'miss', value: undefined },
      { outcome: 'hit', value: undefined },
    ])
    await clock.pass(100)
    void get()
    await settled()
    expect(database.questions).toBe(2)
  },

  'a stale value is shown at once, while one reader fetches the new': async (modules: Modules) => {
    const { clock, database, get, warm } = house(modules, { staleMs: 5000 })
    await warm(7)
    database.rows.set('k', 8)
    await clock.pass(1000)
    const answers = await arrived(Promise.all([get(), get(), get()]))
    expect(answers).toEqual(Array(3).fill({ outcome: 'stale', value: 7 }))
    expect(database.questions).toBe(2)
    await database.answer()
    expect(await arrived(get())).toEqual({ outcome: 'hit', value: 8 })
    await clock.pass(6000)
    void get()
    await settled()
    expect(database.questions).toBe(3)
  },

  'whoever has a stale value waits for the new one so long and no longer': async (
    modules: Modules,
  ) => {
    const { clock, database, get, warm } = house(modules, { staleMs: 1e6, softTimeoutMs: 50 })
    await warm(7)
    await clock.pass(1000)
    database.rows.set('k', 8)
    const patient = get()
    await clock.pass(49)
    await database.answer()
    expect(await arrived(patient)).toEqual({ outcome: 'miss', value: 8 })
    expect(clock.sleepers).toBe(0)
    await clock.pass(1000)
    const late = get()
    await clock.pass(50)
    expect(await arrived(late)).toEqual({ outcome: 'stale', value: 8 })
  },

  'while the database is away, stale values are shown, and the failures told': async (
    modules: Modules,
  ) => {
    const { clock, database, errors, get, warm } = house(modules, {
      staleMs: 5000,
      softTimeoutMs: 50,
    })
    await warm(7)
    await clock.pass(1000)
    const asked = get()
    asked.catch(() => {})
    await settled()
    await database.fail()
    expect(await arrived(asked)).toEqual({ outcome: 'stale', value: 7 })
    expect(errors).toHaveLength(1)
    // The lease was given back: the next reader may try at once.
    void get()
    await settled()
    expect(database.questions).toBe(3)
  },

  'a popular key is fetched anew before its time is over, the dearer the earlier': async (
    modules: Modules,
  ) => {
    const { clock, database, get } = house(modules, { earliness: 1, random: () => 0.9 })
    database.rows.set('k', 7)
    const first = get()
    await settled()
    await clock.pass(100)
    await database.answer()
    await arrived(first)
    // It cost 100 ms: with this draw somebody begins 100 × ln 10 = 230 ms before the end.
    await clock.pass(760)
    await arrived(get())
    expect(database.questions).toBe(1)
    await clock.pass(20)
    expect(await arrived(get())).toEqual({ outcome: 'hit', value: 7 })
    await settled()
    expect(database.questions).toBe(2)
  },

  'entries of one moment do not end in one moment': async (modules: Modules) => {
    let draw = 0
    const random = () => (draw = (draw + 0.1) % 1)
    const { clock, database, get } = house(modules, { jitter: 0.5, random })
    const all = async () => {
      const asked = Array.from({ length: 10 }, (_, at) => get(`k${at}`))
      await settled()
      const missing = database.waiting
      while (database.waiting > 0) await database.answer()
      await arrived(Promise.all(asked))
      return missing
    }
    for (let at = 0; at < 10; at++) database.rows.set(`k${at}`, at)
    expect(await all()).toBe(10)
    await clock.pass(750)
    const missing = await all()
    expect(missing).toBeGreaterThan(2)
    expect(missing).toBeLessThan(8)
  },

  'a store that is away costs hits, and no page; one load a key at a time all the same': async (
    modules: Modules,
  ) => {
    const away = () => Promise.reject(new Error('the store is away'))
    const store = { get: away, lease: away, fill: away, release: away, delete: away }
    for (const thrown of [store, { ...store, get: () => undefined }]) {
      const { database, errors, get, caches } = house(modules, { store: thrown })
      database.rows.set('k', 7)
      const answers = Promise.all([get(), get(), get()])
      await settled()
      expect(database.questions).toBe(1)
      await database.answer()
      expect(await arrived(answers)).toEqual(Array(3).fill({ outcome: 'bypass', value: 7 }))
      expect(errors.length).toBeGreaterThan(0)
      const before = get()
      await settled()
      database.rows.set('k', 8)
      await expect(caches[0]!.invalidate('k')).rejects.toThrow('the store is away')
      // Nobody who comes after the change joins a load from before it.
      const after = get()
      await settled()
      await database.answer()
      await database.answer()
      expect((await arrived(before)).value).toBe(7)
      expect((await arrived(after)).value).toBe(8)
    }
  },
} satisfies Readonly<Record<string, (modules: Modules) => Promise<void>>>

export type Law = keyof typeof laws
