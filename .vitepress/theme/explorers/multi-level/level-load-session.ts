import {
  askedOf,
  ceilingOf,
  hitRatio,
  type Ceiling,
} from '../../../../snippets/multi-level/load.ts'
import { readings } from '../../../../snippets/multi-level/readings.ts'
import {
  readThrough,
  type LevelPlan,
  type Load,
} from '../../../../snippets/multi-level/read-through.ts'
import { seededRandom } from '../../../../snippets/sim/random.ts'

/** What the reader of the page has set. */
export interface Settings {
  readonly groups: number
  /** The most pages that one group keeps. */
  readonly entries: number
  readonly hotPercent: number
  readonly hasProcess: boolean
}

export const usual: Settings = { groups: 3, entries: 200, hotPercent: 50, hasProcess: false }
export const ranges = {
  groups: { min: 1, max: 8 },
  hotPercent: { min: 0, max: 90, step: 10 },
} as const
export const sizes = [50, 200, 800] as const

export type LevelName = 'process' | 'near' | 'main'
export type Kind = LevelName | 'servers' | 'database'

const webServers = ['web1', 'web2']
/** So many readings are drawn; those of the first third find everything empty, and don't count. */
const [drawn, warmUp] = [12_000, 4000]
export const world = { pages: 2000, s: 0.9, perSecond: 500, mainEntries: 1500 } as const
export const costs = { process: 0.01, near: 0.5, main: 0.5, database: 16 } as const
/** So many a second are taken for what one of them can do. */
export const limits = { server: 600, levels: { near: 300, main: 1000 }, database: 100 } as const

function levelsOf({ groups, entries, hasProcess }: Settings): readonly LevelPlan[] {
  const policy = 's3-fifo'
  const own: LevelPlan = {
    ...{ name: 'process', stores: webServers, choice: 'own', policy: 'lru' },
    ...{ entries: 200, ttlMs: 2000, askMs: costs.process },
  }
  return [
    ...(hasProcess ? [own] : []),
    {
      ...{ name: 'near', choice: 'chance', policy, entries, ttlMs: 60_000, askMs: costs.near },
      stores: Array.from({ length: groups }, (_, at) => `near${at + 1}`),
    },
    {
      ...{ name: 'main', stores: ['redis1'], choice: 'chance', policy, ttlMs: 300_000 },
      ...{ entries: world.mainEntries, askMs: costs.main },
    },
  ]
}

/** The same readers for every setting, so that nothing else changes. */
export function loadOf(settings: Settings): Load {
  const trace = readings(
    { ...world, count: drawn, servers: webServers.length, hotShare: settings.hotPercent / 100 },
    seededRandom(7),
  )
  const plan = { levels: levelsOf(settings), databaseMs: costs.database, warmUp }
  return readThrough(plan, trace, seededRandom(8))
}

export interface Bar {
  readonly name: string
  /** How many of 100 readings come here. */
  readonly asked: number
}

/** A level, and the servers in it. */
export interface Row {
  readonly kind: Kind
  readonly bars: readonly Bar[]
  /** Of 100 readings, those that come to this level at all. */
  readonly asked: number
  /** From 0 to 1; undefined where nobody looks anything up. */
  readonly hitRatio: number | undefined
}

export function rowsOf(load: Load): readonly Row[] {
  const of100 = (count: number) => (100 * count) / load.readings
  return [
    {
      ...{ kind: 'servers', asked: 100, hitRatio: undefined },
      bars: load.servers.map((count, at) => ({ name: webServers[at]!, asked: of100(count) })),
    },
    ...load.levels.map((level) => ({
      kind: level.name as LevelName,
      bars: level.stores.map(({ name, asked }) => ({ name, asked: of100(asked) })),
      asked: of100(askedOf(level)),
      hitRatio: hitRatio(level),
    })),
    {
      ...{ kind: 'database', hitRatio: undefined, asked: of100(load.database) },
      bars: [{ name: 'db', asked: of100(load.database) }],
    },
  ]
}

export const fullFirst = (load: Load): Ceiling & { readonly by: Kind } =>
  ceilingOf(load, limits) as Ceiling & { readonly by: Kind }

/** `0.7`, `12`: a figure more where there is little. */
export const figure = (value: number): string =>
  value < 9.95 ? value.toFixed(1) : value.toFixed(0)
