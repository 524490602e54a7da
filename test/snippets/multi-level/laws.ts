import fc from 'fast-check'
import { expect } from 'vitest'
import type * as Loads from '../../../snippets/multi-level/load.ts'
import type * as Reads from '../../../snippets/multi-level/read-through.ts'
import type { LevelPlan, Plan } from '../../../snippets/multi-level/read-through.ts'
import type * as Traces from '../../../snippets/multi-level/readings.ts'
import type * as Stories from '../../../snippets/multi-level/stale-story.ts'
import type { Times, WindowSettings } from '../../../snippets/multi-level/stale-story.ts'
import type * as Windows from '../../../snippets/multi-level/stale-window.ts'
import { seededRandom } from '../../../snippets/sim/random.ts'
import type { Load } from '../nginx/planted-bugs.ts'
import { fuzzSeed } from '../nginx/seeded.ts'
import { naiveLoad, naiveWindow } from './naive.ts'

export type Levels = typeof Loads & typeof Reads & typeof Traces & typeof Stories & typeof Windows

const modules = ['load', 'read-through', 'readings', 'stale-story', 'stale-window'].map(
  (name) => `multi-level/${name}.ts`,
)

export const loadLevels = async (load: Load): Promise<Levels> =>
  Object.assign({}, ...(await Promise.all(modules.map(load)))) as Levels

fc.configureGlobal({ seed: fuzzSeed(), endOnFailure: true })

const level = (name: string, stores: number, part: Partial<LevelPlan> = {}): LevelPlan => ({
  ...{ name, choice: 'chance', policy: 'lru', entries: 1000, ttlMs: 1e9, askMs: 1 },
  stores: Array.from({ length: stores }, (_, at) => `${name}${at + 1}`),
  ...part,
})
const aLevel = (name: string, choice: LevelPlan['choice']) =>
  fc
    .record({
      stores: fc.integer({ min: 1, max: 4 }),
      entries: fc.integer({ min: 1, max: 12 }),
      ttlMs: fc.integer({ min: 1, max: 90 }),
      askMs: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ stores, ...part }) => level(name, choice === 'own' ? 2 : stores, { ...part, choice }))
const aPlan: fc.Arbitrary<Plan> = fc.record({
  levels: fc
    .tuple(aLevel('process', 'own'), aLevel('near', 'chance'), aLevel('main', 'chance'))
    .chain((all) => fc.subarray([...all], { minLength: 1 })),
  databaseMs: fc.integer({ min: 1, max: 20 }),
})
const someReaders = { perSecond: 1000, servers: 2, pages: 30, s: 0.9, hotShare: 0.2 }

const fives = (min: number, max: number) =>
  fc.integer({ min: min / 5, max: max / 5 }).map((count) => 5 * count)
const someTimes: fc.Arbitrary<Times> = fc
  .record({
    ttlMs: fc.record({ process: fives(5, 3000), near: fives(5, 8000), main: fives(1510, 14_000) }),
    rests: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 5, maxLength: 5 }),
    messageMs: fives(0, 30),
    lateMs: fives(35, 400),
  })
  .map(({ ttlMs, rests, ...part }) => {
    const rest = (at: number, ttl: number) => Math.max(5, 5 * Math.round((rests[at]! * ttl) / 500))
    return {
      ...{ ...part, ttlMs, writeMs: 1000, stepMs: 20, slowReadMs: 900, slowFillMs: 1500 },
      // What the slow reader has read is still good when he fills it in.
      restMs: {
        ...{ web1: rest(0, ttlMs.process), web2: rest(1, ttlMs.process) },
        ...{
          near1: rest(2, ttlMs.near),
          near2: rest(3, ttlMs.near),
          main: Math.max(1505, rest(4, ttlMs.main)),
        },
      },
    }
  })
const someSettings: fc.Arbitrary<WindowSettings> = fc.record({
  hasProcess: fc.boolean(),
  order: fc.constantFrom('far-first', 'near-first', 'nobody'),
  message: fc.constantFrom('in-time', 'late', 'lost'),
  group: fc.constantFrom('told', 'missed'),
  slow: fc.constantFrom('none', 'from-main', 'from-database'),
  fill: fc.constantFrom('plain', 'fenced'),
  ttl: fc.constantFrom('own', 'rest'),
})

/** True of every right model; each throws when it finds the model at fault. */
export const laws = {
  'each store is asked, finds and is filled as lists would have it': (model: Levels) =>
    fc.assert(
      fc.property(aPlan, fc.nat(1000), (plan, seed) => {
        const trace = model.readings({ ...someReaders, count: 120 }, seededRandom(seed))
        expect(model.readThrough(plan, trace, seededRandom(seed + 1))).toEqual(
          naiveLoad(plan, trace, seededRandom(seed + 1)),
        )
      }),
      { numRuns: 300 },
    ),

  'what one level does not find, the next is asked, and at last the database': (model: Levels) =>
    fc.assert(
      fc.property(aPlan, fc.nat(1000), (plan, seed) => {
        const trace = model.readings({ ...someReaders, count: 200 }, seededRandom(seed))
        const { levels, database } = model.readThrough(plan, trace, seededRandom(seed))
        const left = levels.reduce((asked, one) => {
          expect(model.askedOf(one)).toBe(asked)
          return asked - one.stores.reduce((sum, { found }) => sum + found, 0)
        }, trace.length)
        expect(database).toBe(left)
        const ratios = levels.map((one) => model.hitRatio(one) ?? 0)
        expect(model.missesOf(ratios) * trace.length).toBeCloseTo(database, 6)
      }),
    ),

  'one page, n groups: n misses at the near level, and one question': (model: Levels) => {
    for (const groups of [1, 2, 3, 8]) {
      const plan = { levels: [level('near', groups), level('main', 1)], databaseMs: 16 }
      const trace = model.readings(
        { ...someReaders, count: 500, hotShare: 1 },
        seededRandom(groups),
      )
      const { levels, database } = model.readThrough(plan, trace, seededRandom(groups))
      const [near, main] = levels.map(({ stores }) => stores)
      expect(near!.map(({ filled }) => filled)).toEqual(Array(groups).fill(1))
      expect([main![0]!.asked, database]).toEqual([groups, 1])
    }
  },

  'chance spreads even a page that all want': (model: Levels) => {
    const trace = model.readings({ ...someReaders, count: 8000, hotShare: 0.9 }, seededRandom(3))
    const plan = { levels: [level('near', 4)], databaseMs: 16 }
    const [near] = model.readThrough(plan, trace, seededRandom(4)).levels
    for (const { asked } of near!.stores) expect(asked / 8000).toBeCloseTo(0.25, 1)
    expect(Math.max(...near!.stores.map(({ asked }) => asked)) / 2000).toBeLessThan(1.08)
  },

  'the hot page gets its share, and the others theirs': (model: Levels) => {
    const trace = model.readings({ ...someReaders, count: 9000, hotShare: 0.4 }, seededRandom(5))
    const share = (page: string) => trace.filter((one) => one.page === page).length / trace.length
    expect(share(model.hotPage)).toBeCloseTo(0.4, 1)
    expect(share('topic:0') / share('topic:1')).toBeGreaterThan(1.6)
    expect(trace.map(({ server }) => server).slice(0, 4)).toEqual([0, 1, 0, 1])
    expect(trace.at(1000)!.atMs).toBe(1000)
  },

  'what is read while all warms up is kept, and not counted': (model: Levels) => {
    const plan = { levels: [level('near', 1)], databaseMs: 16 }
    const trace = model.readings({ ...someReaders, count: 40, hotShare: 1 }, seededRandom(6))
    const load = model.readThrough({ ...plan, warmUp: 10 }, trace, seededRandom(7))
    expect(load).toMatchObject({ readings: 30, servers: [15, 15], database: 0, meanMs: 1 })
    expect(load.levels[0]!.stores).toEqual([{ name: 'near1', asked: 30, found: 30, filled: 0 }])
  },

  'twice the groups carry twice as much, until somebody else is full': (model: Levels) => {
    const trace = model.readings({ ...someReaders, count: 8000, hotShare: 0.5 }, seededRandom(8))
    const most = (groups: number) => {
      const plan = { levels: [level('near', groups), level('main', 1)], databaseMs: 16 }
      return model.ceilingOf(model.readThrough(plan, trace, seededRandom(9)), {
        ...{ server: 600, database: 100, levels: { near: 300 } },
      })
    }
    expect(most(1).by).toBe('near')
    expect(most(2).perSecond / most(1).perSecond).toBeCloseTo(2, 0)
    expect(most(2).perSecond / most(1).perSecond).toBeGreaterThan(1.9)
    expect(most(8)).toEqual({ perSecond: 1200, by: 'servers' })
  },

  'the fullest of a kind is full first, and fills count as questions do': (model: Levels) => {
    const store = (asked: number, filled: number) => ({ name: '', asked, filled, found: 0 })
    const load = {
      ...{ readings: 100, servers: [50, 50], database: 10, meanMs: 1 },
      levels: [{ name: 'near', stores: [store(30, 0), store(60, 20)] }],
    }
    const limits = { server: 1000, database: 1000, levels: { near: 80 } }
    expect(model.ceilingOf(load, limits)).toEqual({ perSecond: 100, by: 'near' })
    expect(model.ceilingOf(load, { ...limits, database: 5 })).toEqual({
      ...{ perSecond: 50, by: 'database' },
    })
  },

  'the old version is seen as long as who looks every five milliseconds sees it': (model: Levels) =>
    fc.assert(
      fc.property(someSettings, someTimes, (settings, times) => {
        const story = model.playWindow(settings, times)
        const stale = (server: 'web1' | 'web2') => model.staleMs(story, server)
        expect({ web1: stale('web1'), web2: stale('web2') }).toEqual(naiveWindow(settings, times))
      }),
      { numRuns: 150 },
    ),

  'far first, told in time, no late fill that stays: nobody sees the old for longer than a message takes':
    (model: Levels) =>
      fc.assert(
        fc.property(someSettings, someTimes, (chosen, times) => {
          const settings = {
            ...chosen,
            ...({ order: 'far-first', group: 'told', fill: 'fenced' } as const),
          }
          const story = model.playWindow(settings, times)
          expect(model.staleMs(story, 'web1')).toBe(0)
          const { messageMs, lateMs, ttlMs } = times
          const bound = { 'in-time': messageMs, late: lateMs, lost: ttlMs.process }
          expect(model.staleMs(story, 'web2')).toBeLessThanOrEqual(bound[settings.message])
        }),
      ),

  'nobody is told: at most what is left at the far level, or the sum of all lives': (
    model: Levels,
  ) =>
    fc.assert(
      fc.property(someSettings, someTimes, (chosen, times) => {
        const settings = { ...chosen, ...({ order: 'nobody', slow: 'none' } as const) }
        const { process, near, main } = times.ttlMs
        const longest = model.staleMs(model.playWindow(settings, times), 'web2')
        const { ttl } = settings
        // What was there at the beginning may live longer than what is farther off.
        const rests = Math.max(...Object.values(times.restMs), main)
        expect(longest).toBeLessThanOrEqual(ttl === 'rest' ? rests : process + near + main)
      }),
    ),

  'what happens is told once, in order, and each moment says how all stands': (model: Levels) =>
    fc.assert(
      fc.property(someSettings, someTimes, (settings, times) => {
        const { moments, answeredMs } = model.playWindow(settings, times)
        const at = moments.map(({ atMs }) => atMs)
        expect(at).toEqual([...at].sort((a, b) => a - b))
        const of = (kind: string) => moments.filter(({ event }) => event.kind === kind)
        expect([of('written').length, of('answered').length]).toEqual([1, 1])
        expect(of('answered')[0]!.atMs).toBe(answeredMs)
        const last = moments.at(-1)!
        expect(Object.values(last.kept)).not.toContain(1)
        expect(last.shows).toEqual({ web1: 2, web2: 2 })
        for (const { refills, kept } of moments)
          for (const { at: place, version } of refills) expect(kept[place]).toBe(version)
      }),
    ),

  'a window that closes and opens again is two': ({ oldFor, staleMs }: Levels) => {
    const moment = (atMs: number, web1: 1 | 2) => ({ atMs, shows: { web1, web2: 2 } }) as const
    const story = {
      answeredMs: 50,
      moments: [moment(10, 1), moment(70, 2), moment(90, 1), moment(95, 1), moment(120, 2)],
    } as unknown as Stories.StaleStory
    expect(oldFor(story, 'web1')).toEqual([
      { fromMs: 50, toMs: 70 },
      { fromMs: 90, toMs: 120 },
    ])
    expect([staleMs(story, 'web1'), staleMs(story, 'web2')]).toEqual([70, 0])
  },
} satisfies Readonly<Record<string, (model: Levels) => void>>

export type Law = keyof typeof laws
