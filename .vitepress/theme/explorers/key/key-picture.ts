import { isStuck, type Act, type World } from '../../../../snippets/cache/key-life.ts'
import { type Played, type Session, worldOf } from './key-session.ts'

/** What something held from before the move `from` until the move `to` (numbers of moves). */
export interface Bar {
  readonly key: string
  readonly from: number
  readonly to: number
  readonly version: number
  /** An old version that nobody will put right. */
  readonly isStuck: boolean
}

/** Somebody who is at work: from his first move to his last, or to now. */
export interface ActorBar {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly row: number
  readonly holds: number | undefined
  readonly state: 'under-way' | 'finished' | 'dead'
  /** Was shown a version older than one that had been acknowledged before. */
  readonly isDeceived: boolean
}

/** The same version, in one piece; `undefined` is nothing. */
function barsOf(
  session: Session,
  of: (world: World) => number | undefined,
  isWrong: (world: World) => boolean = () => false,
): readonly Bar[] {
  const bars: Bar[] = []
  const worlds = [session.start, ...session.played.map(({ world }) => world)]
  worlds.forEach((world, at) => {
    const version = of(world)
    if (version === undefined) return
    const wrong = isWrong(world)
    const last = bars.at(-1)
    if (last?.to === at && last.version === version && last.isStuck === wrong)
      bars[bars.length - 1] = { ...last, to: at + 1 }
    else bars.push({ key: `${at}`, from: at, to: at + 1, version, isStuck: wrong })
  })
  return bars
}

export const databaseBars = (session: Session) => barsOf(session, ({ database }) => database)
export const redisBars = (session: Session) => barsOf(session, ({ redis }) => redis, isStuck)

/** When the key was some reader's, and his number: from the move that gave the lease to its end. */
export const leaseBars = (session: Session) =>
  barsOf(session, ({ lease }) => (lease === undefined ? undefined : Number(lease.slice(1))))

/** One bar each, in the first row of its server that is free by then; a name needs `room` moves. */
export function actorBars(
  session: Session,
  server: 'web1' | 'web2',
  room = 1,
): readonly ActorBar[] {
  const free: number[] = []
  return worldOf(session)
    .actors.filter((actor) => actor.server === server)
    .map((actor) => {
      const own = session.played.filter(
        ({ move }) => move.kind !== 'expires' && move.name === actor.name,
      )
      const from = own[0]!.number
      const to = actor.state === 'under-way' ? session.played.length : own.at(-1)!.number
      const open = free.findIndex((until) => until + room <= from)
      const row = open < 0 ? free.length : open
      free[row] = to
      return { ...actor, from, to, row, isDeceived: isDeceived(actor) }
    })
}

/** A reader who has been shown what was out of date when he came. */
export const isDeceived = ({
  kind,
  state,
  holds = 0,
  knows,
}: Pick<World['actors'][number], 'kind' | 'state' | 'holds' | 'knows'>): boolean =>
  kind === 'reader' && state === 'finished' && holds < knows

/** Where a move leads from its server. */
const places: Readonly<Record<Act, 'redis' | 'database'>> = {
  ...{ look: 'redis', fill: 'redis', delete: 'redis', update: 'redis' },
  ...{ ask: 'database', write: 'database' },
}

export const placeOf = ({ act }: Played): 'redis' | 'database' | undefined => act && places[act]

/** A move that brought an old version back, or was kept from it. */
export function toneOf(played: Played): 'good' | 'warn' | 'bad' {
  const { outcome, world, actor, act } = played
  if (actor && isDeceived(actor)) return 'bad'
  if (isStuck(world) && (act === 'fill' || act === 'update' || act === 'write')) return 'bad'
  return outcome === 'refused' || outcome === 'waits' || actor?.state === 'dead' ? 'warn' : 'good'
}
