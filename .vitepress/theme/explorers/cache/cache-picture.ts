import type { Outcome } from '../../../../snippets/http-cache/shared-cache.ts'
import type { Asked, Life, Program, Session } from './cache-session.ts'

export type Phase = 'fresh' | 'grace' | 'kept' | 'uncacheable'

export interface Stretch {
  readonly phase: Phase
  readonly fromS: number
  readonly toS: number
}

export interface Bar {
  readonly key: string
  readonly lane: number
  readonly stretches: readonly Stretch[]
}

/** The seconds that are in view: at least so many, and a little of what is to come. */
const leastS = 24
const aheadS = 5
const mostS = 60

export function viewOf({ nowS }: Session): { readonly fromS: number; readonly toS: number } {
  const toS = Math.max(leastS, nowS + aheadS)
  return { fromS: Math.max(0, toS - mostS), toS }
}

/** What an object was, and will be if nobody asks, from its storing to its end. */
export function stretchesOf({ object, fromS, toS }: Life, program: Program): readonly Stretch[] {
  // nginx's second is over only when the next one begins.
  const tail = program === 'nginx' ? 1 : 0
  const ends: readonly (readonly [Phase, number])[] =
    object.kind === 'answer'
      ? [
          ['fresh', object.freshUntilS + tail],
          ['grace', Math.max(object.graceUntilS, object.errorUntilS) + tail],
          ['kept', object.keptUntilS],
        ]
      : [['uncacheable', object.kind === 'error' ? object.freshUntilS : object.keptUntilS]]
  const last = toS ?? Infinity
  const stretches: Stretch[] = []
  let from = fromS
  for (const [phase, end] of ends) {
    const to = Math.min(end, last)
    if (to <= from) continue
    stretches.push({ phase, fromS: from, toS: to })
    from = to
  }
  return stretches
}

/** A bar for each object, in the first lane that is free by then. */
export function barsOf({ lives }: Session, program: Program): readonly Bar[] {
  const free: number[] = []
  return lives.flatMap((life, index) => {
    const stretches = stretchesOf(life, program)
    const end = stretches.at(-1)?.toS
    if (end === undefined) return []
    const open = free.findIndex((until) => until <= life.fromS)
    const lane = open < 0 ? free.length : open
    free[lane] = end
    return [{ key: `${index}`, lane, stretches }]
  })
}

export type Tone = 'good' | 'warn' | 'bad'

/** Answered at once; answered with an old copy; or made to wait. */
export function toneOf({ exchange: { outcome, delivery } }: Asked): Tone {
  if (outcome === 'hit' && delivery.status < 500) return 'good'
  return outcome === 'stale' ? 'warn' : 'bad'
}

/** What stands for an outcome where there is no room for its name. */
export const letters: Readonly<Record<Outcome, string>> = {
  ...{ hit: 'H', stale: 'S', miss: 'M', expired: 'E', revalidated: 'R' },
  ...{ pass: 'P', bypass: 'B', 'hit-for-miss': 'F', waiting: 'W' },
}

/** `itself`: an error that is the cache's own words. */
export type Source = 'cache' | 'origin' | 'itself'

/** Where the body came from that the reader got. */
export function sourceOf({ exchange: { fetch, storing, delivery } }: Asked): Source {
  if (delivery.status >= 500 && !delivery.object) return 'itself'
  const isOld = storing === 'stored-again' || storing === 'stale-kept'
  return !fetch || fetch.isBackground || isOld ? 'cache' : 'origin'
}

/** The origin was asked, and didn't answer. */
export const isLost = ({ exchange: { storing } }: Asked): boolean =>
  storing === 'failed' || storing === 'stale-kept'
