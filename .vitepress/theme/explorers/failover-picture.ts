import {
  redisNames,
  sentinelNames,
  type RedisName,
  type Scene,
  type SentinelName,
} from '../../../snippets/replication/failover-story.ts'
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

/** The last steps that have room, each as wide as the others; the first is the start, number 0. */
export function columnsOf(session: Session, most: number): readonly (readonly [number, Scene])[] {
  const scenes = [session.story.start, ...momentsOf(session)]
  return scenes.map((scene, number) => [number, scene] as const).slice(-most)
}

export function barsOf(columns: readonly (readonly [number, Scene])[]): readonly Bar[] {
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
