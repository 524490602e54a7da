import { playFailover } from '../../../../snippets/replication/failover.ts'
import {
  usualSettings,
  type Disturbance,
  type FailoverSettings,
  type FailoverStory,
  type Moment,
  type Scene,
  type ServerName,
} from '../../../../snippets/replication/failover-story.ts'

/** Nothing is told of what comes later. */
const endMs = 26_000
/** A disturbance falls on one of the simulation's ticks, and after what has been told. */
const tickMs = 10
/** Where nothing has happened yet, the reader's first move comes so late. */
const firstMs = 3000

export const downAfterChoices = [500, 1000, 5000] as const
export const quorumChoices = [1, 2, 3] as const
export const promises: readonly FailoverSettings['promise'][] = ['at-once', 'min-replicas', 'wait']
export type Does = Disturbance['does']

export interface Session {
  readonly settings: FailoverSettings
  readonly disturbances: readonly Disturbance[]
  readonly story: FailoverStory
  /** How many of the story's moments have been told. */
  readonly told: number
}

export const newSession = (
  settings: FailoverSettings,
  disturbances: readonly Disturbance[],
): Session => ({
  ...{ settings, disturbances, told: 0 },
  story: playFailover(settings, disturbances, endMs),
})

export const momentsOf = ({ story, told }: Session): readonly Moment[] =>
  story.moments.slice(0, told)
export const sceneOf = (session: Session): Scene => momentsOf(session).at(-1) ?? session.story.start
export const isOver = ({ story, told }: Session): boolean => told >= story.moments.length

export const step = (session: Session): Session =>
  isOver(session) ? session : { ...session, told: session.told + 1 }

/** What can be done to this server at present. */
export function possible(session: Session, server: ServerName): readonly Does[] {
  const { redis, sentinels } = sceneOf(session)
  if (server !== 'redis1' && server !== 'copy1')
    return sentinels[server].isUp ? ['killed'] : ['back']
  const { state, isSplit } = redis[server]
  if (state !== 'up') return ['back']
  return isSplit ? ['killed', 'frozen', 'back'] : ['killed', 'frozen', 'split']
}

/** The reader does something to a server, now: what was still to come comes otherwise. */
export function disturb(session: Session, server: ServerName, does: Does): Session {
  const { told, settings } = session
  const now = told === 0 ? firstMs - tickMs : sceneOf(session).atMs
  const atMs = now + tickMs
  if (!possible(session, server).includes(does) || atMs >= endMs) return session
  const before = session.disturbances.filter((one) => one.atMs <= now)
  const { story } = newSession(settings, [...before, { atMs, server, does }])
  const isIt = ({ event }: Moment) =>
    event.kind === 'disturbed' && event.by.atMs === atMs && event.by.server === server
  const disturbances = [...before, { atMs, server, does }]
  return { settings, disturbances, story, told: story.moments.findIndex(isIt) + 1 }
}

export type StoryId = 'dies' | 'stalls' | 'split' | 'careful' | 'promised' | 'few' | 'empty'

export interface Told {
  readonly set: Partial<FailoverSettings>
  readonly disturbances: readonly Disturbance[]
}

const gone = (does: Does, backMs?: number): readonly Disturbance[] => [
  { atMs: firstMs, server: 'redis1', does },
  ...(backMs === undefined ? [] : [{ atMs: backMs, server: 'redis1', does: 'back' } as const]),
]
const without: readonly Disturbance[] = (['sentinel2', 'sentinel3'] as const).map((server) => ({
  ...({ atMs: 1000, server, does: 'killed' } as const),
}))

export const stories: Readonly<Record<StoryId, Told>> = {
  dies: { set: {}, disturbances: gone('killed', 8000) },
  stalls: { set: {}, disturbances: gone('frozen', firstMs + 800) },
  split: { set: {}, disturbances: gone('split', 8000) },
  careful: { set: { promise: 'min-replicas' }, disturbances: gone('split', 8000) },
  promised: { set: { promise: 'wait' }, disturbances: gone('split', 8000) },
  few: { set: { quorum: 1 }, disturbances: [...without, ...gone('killed')] },
  empty: { set: {}, disturbances: gone('killed', firstMs + 300) },
}

export const settingsOf = (id: StoryId): FailoverSettings => ({
  ...usualSettings,
  ...stories[id].set,
})
