import {
  actorIn,
  advance,
  begin,
  die,
  expire,
  newWorld,
  nextAct,
  type Act,
  type Actor,
  type Outcome,
  type Rules,
  type Server,
  type World,
} from '../../../../snippets/cache/key-life.ts'

/** Another one is the step of whoever has that name; who has not yet begun begins with it. */
export type Move =
  | { readonly kind: 'step'; readonly name: string }
  | { readonly kind: 'dies'; readonly name: string }
  | { readonly kind: 'expires' }

/** One move, as it went. */
export interface Played {
  readonly number: number
  readonly move: Move
  readonly act?: Act
  readonly outcome?: Outcome
  /** Who moved, as it was afterwards. */
  readonly actor?: Actor
  readonly world: World
}

export interface Session {
  readonly start: World
  readonly played: readonly Played[]
}

/** So many columns has the picture. */
export const mostMoves = 16

export const worldOf = ({ start, played }: Session): World => played.at(-1)?.world ?? start
export const newSession = (redis: number | undefined): Session => ({
  start: { ...newWorld, redis },
  played: [],
})

/** `R1`, a reader on web1; `W2`, a writer on web2: odd numbers are on web1. */
export const newcomer = (name: string): Pick<Actor, 'name' | 'server' | 'kind'> => ({
  name,
  server: Number(name.slice(1)) % 2 === 1 ? 'web1' : 'web2',
  kind: name.startsWith('R') ? 'reader' : 'writer',
})

/** The next name of that kind at that server. */
export function freeName(session: Session, kind: Actor['kind'], server: Server): string {
  const letter = kind === 'reader' ? 'R' : 'W'
  const { actors } = worldOf(session)
  let number = server === 'web1' ? 1 : 2
  while (actors.some(({ name }) => name === `${letter}${number}`)) number += 2
  return `${letter}${number}`
}

/** The session after this move; the same one if it cannot be made. */
export function make(session: Session, rules: Rules, move: Move): Session {
  const { played } = session
  const before = worldOf(session)
  if (played.length >= mostMoves) return session
  const add = (more: Omit<Played, 'number' | 'move'>): Session => ({
    ...session,
    played: [...played, { number: played.length + 1, move, ...more }],
  })
  if (move.kind === 'expires') return add({ world: expire(before) })
  if (move.kind === 'dies') {
    const world = die(before, move.name)
    const actor = actorIn(world, move.name)
    return actor?.state === 'dead' ? add({ world, actor }) : session
  }
  const entered = actorIn(before, move.name) ? before : begin(before, newcomer(move.name))
  const step = advance(entered, rules, move.name)
  return step ? add({ ...step, actor: actorIn(step.world, move.name)! }) : session
}

/** Those who have something left to do, each with what comes next. */
export const underWay = (session: Session, rules: Rules) =>
  worldOf(session).actors.flatMap(({ name }) => {
    const act = nextAct(worldOf(session), rules, name)
    return act ? [{ name, act }] : []
  })

export type StoryId =
  'life' | 'late-fill' | 'delete-first' | 'crossing' | 'writer-dies' | 'asker-dies'

export interface Story {
  readonly rules: Rules
  /** What Redis has at the beginning. */
  readonly redis: number | undefined
  readonly moves: readonly Move[]
}

/** `R1 -R1 ttl`: a step of R1, its death, the end of all times. */
const moves = (text: string): readonly Move[] =>
  text.split(' ').map((word): Move => {
    if (word === 'ttl') return { kind: 'expires' }
    return word.startsWith('-')
      ? { kind: 'dies', name: word.slice(1) }
      : { kind: 'step', name: word }
  })

const story = (
  writing: Rules['writing'],
  filling: Rules['filling'],
  redis: number | undefined,
  text: string,
): Story => ({ rules: { writing, filling }, redis, moves: moves(text) })

export const stories: Readonly<Record<StoryId, Story>> = {
  life: story('delete-after', 'plain', undefined, 'R1 R1 R1 R2 W2 W2 R3 R3 R3 R4'),
  'late-fill': story('delete-after', 'plain', undefined, 'R1 R1 W2 W2 R1 R4 R4 R4'),
  'delete-first': story('delete-before', 'plain', 1, 'W2 R1 R1 W2 R1 R4 R4 R4'),
  crossing: story('update', 'plain', 1, 'W1 W2 W2 W1 R1 R1 R1'),
  'writer-dies': story('delete-after', 'lease', 1, 'W2 -W2 R1 R1 R1 ttl R4 R4 R4'),
  'asker-dies': story('delete-after', 'lease', undefined, 'R1 -R1 R2 R2 ttl R2 R2 R2'),
}
