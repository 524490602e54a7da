import {
  redisNames,
  sentinelNames,
  type Moment,
  type RedisName,
  type Scene,
  type SentinelName,
} from '../../../../snippets/replication/failover-story.ts'
import { momentsOf, type Session } from './failover-session.ts'

export type Lane = RedisName | SentinelName | 'client'
export const lanes: readonly Lane[] = [...redisNames, ...sentinelNames, 'client']

/** What a lane shows: whose colour it has, and how well that one is. */
export interface Look {
  /** A Redis: itself, if it is master; a Sentinel, the client: the one that it holds for the master. */
  readonly master: RedisName | undefined
  readonly state: 'well' | 'doubted' | 'given-up' | 'frozen' | 'split' | 'gone'
}

/** The same look, in one piece: from before step `from` until step `to`. */
export interface Bar extends Look {
  readonly key: string
  readonly lane: Lane
  readonly from: number
  readonly to: number
}

function lookOf(lane: Lane, { redis, sentinels, client, isFailing }: Scene): Look {
  if (lane === 'client') return { master: client, state: isFailing ? 'given-up' : 'well' }
  if (lane === 'redis1' || lane === 'copy1') {
    const { state, isSplit, role } = redis[lane]
    const master = role === 'master' ? lane : undefined
    if (state === 'killed') return { master: undefined, state: 'gone' }
    return { master, state: state === 'frozen' ? 'frozen' : isSplit ? 'split' : 'well' }
  }
  const { isUp, master, sees } = sentinels[lane]
  if (!isUp) return { master: undefined, state: 'gone' }
  return { master, state: ({ well: 'well', s_down: 'doubted', o_down: 'given-up' } as const)[sees] }
}

/** A step's number, and how things stood after it; of the start, which is number 0, as well. */
type Column = readonly [number, Scene | Moment]

/** The last steps that have room, each as wide as the others. */
export function columnsOf(session: Session, most: number): readonly Column[] {
  const scenes = [session.story.start, ...momentsOf(session)]
  return scenes.map((scene, number) => [number, scene] as const).slice(-most)
}

export function barsOf(columns: readonly Column[]): readonly Bar[] {
  return lanes.flatMap((lane) => {
    const bars: Bar[] = []
    columns.forEach(([number, scene], at) => {
      const look = lookOf(lane, scene)
      const last = bars.at(-1)
      if (last && last.master === look.master && last.state === look.state)
        bars[bars.length - 1] = { ...last, to: at + 1 }
      else bars.push({ ...look, key: `${lane}-${number}`, lane, from: at, to: at + 1 })
    })
    return bars
  })
}

export interface Vote {
  readonly lane: SentinelName
  readonly column: number
  /** Of the Sentinel for which it is: `2`. */
  readonly figure: string
}

export const votesOf = (columns: readonly Column[]): readonly Vote[] =>
  columns.flatMap(([, scene], column) => {
    if (!('event' in scene) || scene.event.kind !== '+vote-for-leader') return []
    const { sentinel, ballot } = scene.event
    return [{ lane: sentinel, column, figure: ballot.leader.slice(-1) }]
  })
