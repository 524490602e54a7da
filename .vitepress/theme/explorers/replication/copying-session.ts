import {
  createMaster,
  createReplica,
  psync,
  restart,
  resynced,
  write,
  type Master,
  type Replica,
  type Resync,
} from '../../../../snippets/replication/replication.ts'

export const kilobyte = 1024
export const writeSizes = [4, 8, 24] as const
export const backlogSizes = [16, 64] as const
export type WriteSize = (typeof writeSizes)[number]
export type BacklogSize = (typeof backlogSizes)[number]

export type Move =
  | { readonly kind: 'writes'; readonly kilobytes: WriteSize }
  /** The copy is away for so long that the master has closed the connection. */
  | { readonly kind: 'sleeps' | 'wakes' }
  /** The master dies, and begins again with nothing. */
  | { readonly kind: 'restarts' }

export interface World {
  readonly master: Master
  readonly copy: Replica
  readonly isAway: boolean
  /** How many times the master has begun. */
  readonly lives: number
}

export interface Played {
  readonly number: number
  readonly move: Move
  readonly world: World
  /** What the two agreed on, if they had to meet anew. */
  readonly answer: Resync | undefined
}

export interface Session {
  readonly start: World
  readonly played: readonly Played[]
}

/** The table has so many rows, and no more. */
export const mostMoves = 24

/** Two who have met: the copy has all that there is, which is nothing yet. */
export function newSession(backlog: BacklogSize): Session {
  const backlogBytes = backlog * kilobyte
  const master = createMaster({ id: 'A', backlogBytes })
  const copy = resynced(master, createReplica({ backlogBytes }))
  return { start: { master, copy, isAway: false, lives: 1 }, played: [] }
}

export const worldOf = ({ start, played }: Session): World => played.at(-1)?.world ?? start

/** The session after this move; the same one if it cannot be made. */
export function make(session: Session, move: Move): Session {
  const before = worldOf(session)
  const isPossible = {
    ...{ writes: true, restarts: true },
    ...{ sleeps: !before.isAway, wakes: before.isAway },
  }[move.kind]
  if (!isPossible || session.played.length >= mostMoves) return session
  const { played } = session
  const step = { number: played.length + 1, move, ...after(before, move) }
  return { ...session, played: [...played, step] }
}

type After = Pick<Played, 'world' | 'answer'>

function after(before: World, move: Move): After {
  const { master, copy, isAway } = before
  switch (move.kind) {
    case 'writes': {
      const bytes = move.kilobytes * kilobyte
      const taken = isAway ? copy : write(copy, bytes)
      return { world: { ...before, master: write(master, bytes), copy: taken }, answer: undefined }
    }
    case 'sleeps':
      return { world: { ...before, isAway: true }, answer: undefined }
    case 'wakes':
      return met({ ...before, isAway: false })
    case 'restarts': {
      const lives = before.lives + 1
      const world = { ...before, lives, master: restart(master, idOf(lives)) }
      return isAway ? { world, answer: undefined } : met(world)
    }
  }
}

function met(world: World): After {
  const { master, copy } = world
  return { world: { ...world, copy: resynced(master, copy) }, answer: psync(master, copy) }
}

/** `A`, `B`, `C`: instead of forty figures. */
const idOf = (lives: number): string => String.fromCharCode(64 + lives)

export type StoryId = 'short' | 'long' | 'empty'

const writes = (kilobytes: WriteSize): Move => ({ kind: 'writes', kilobytes })
const sleeps: Move = { kind: 'sleeps' }
const wakes: Move = { kind: 'wakes' }
const restarts: Move = { kind: 'restarts' }

export const stories: Readonly<Record<StoryId, readonly Move[]>> = {
  short: [writes(24), sleeps, writes(8), writes(4), wakes, writes(8)],
  long: [writes(24), sleeps, writes(8), writes(8), writes(8), wakes, writes(8)],
  empty: [writes(24), writes(8), restarts, writes(4)],
}
