/**
 * The life of one key between two servers, Redis and the database, one step after the other: what a
 * reader and a writer do is cut into the steps between which somebody else may come. Versions are
 * numbers; each write makes the next one.
 */

export type Server = 'web1' | 'web2'

/** What a writer does beside the write itself, and whether before it or after. */
export type Writing = 'delete-after' | 'delete-before' | 'update'
/** `lease`: only who has been given the key on his miss may fill it, and a delete takes it back. */
export type Filling = 'plain' | 'lease'

export interface Rules {
  readonly writing: Writing
  readonly filling: Filling
}

export type Act = 'look' | 'ask' | 'fill' | 'write' | 'delete' | 'update'

export interface Actor {
  readonly name: string
  readonly server: Server
  readonly kind: 'reader' | 'writer'
  readonly state: 'under-way' | 'finished' | 'dead'
  /** How many of its steps are behind it. */
  readonly done: number
  /** The version in its hands: what it read, or wrote. */
  readonly holds: number | undefined
  /** The newest version that was acknowledged when it began: to be shown an older one is wrong. */
  readonly knows: number
}

export interface World {
  readonly database: number
  /** The newest version whose writer has finished. */
  readonly acknowledged: number
  readonly redis: number | undefined
  /** Who holds the key's lease. */
  readonly lease: string | undefined
  readonly actors: readonly Actor[]
}

export type Outcome =
  | ('hit' | 'miss' | 'leased' | 'waits' | 'read' | 'filled' | 'refused')
  | ('written' | 'deleted' | 'updated')

export interface Step {
  readonly world: World
  readonly act: Act
  readonly outcome: Outcome
}

export const newWorld: World = {
  ...{ database: 1, acknowledged: 1, redis: undefined, lease: undefined, actors: [] },
}

// #region plans
const plans: Readonly<Record<Writing | 'reader', readonly Act[]>> = {
  reader: ['look', 'ask', 'fill'],
  'delete-after': ['write', 'delete'],
  'delete-before': ['delete', 'write'],
  update: ['write', 'update'],
}
// #endregion plans

const planOf = ({ kind }: Actor, { writing }: Rules) =>
  plans[kind === 'reader' ? 'reader' : writing]

export const actorIn = ({ actors }: World, name: string): Actor | undefined =>
  actors.find((actor) => actor.name === name)

/** What this one does next; nothing when it has finished, or died. */
export function nextAct(world: World, rules: Rules, name: string): Act | undefined {
  const actor = actorIn(world, name)
  return actor?.state === 'under-way' ? planOf(actor, rules)[actor.done] : undefined
}

type Newcomer = Pick<Actor, 'name' | 'server' | 'kind'>

export function begin(world: World, newcomer: Newcomer): World {
  const { acknowledged: knows, actors } = world
  const actor = { ...newcomer, state: 'under-way', done: 0, holds: undefined, knows } as const
  return { ...world, actors: [...actors, actor] }
}

/** The next step of this one; nothing when there is none. */
export function advance(world: World, rules: Rules, name: string): Step | undefined {
  const act = nextAct(world, rules, name)
  const actor = actorIn(world, name)
  if (!act || !actor) return undefined
  const { outcome, holds = actor.holds, ...changed } = acts[act](world, rules, actor)
  const done = outcome === 'waits' ? actor.done : actor.done + 1
  const isOver = outcome === 'hit' || done === planOf(actor, rules).length
  const moved: Actor = { ...actor, done, holds, state: isOver ? 'finished' : 'under-way' }
  const isAcknowledged = isOver && actor.kind === 'writer'
  const after: World = {
    ...{ ...world, ...changed },
    acknowledged: Math.max(world.acknowledged, isAcknowledged ? (holds ?? 0) : 0),
    actors: world.actors.map((one) => (one === actor ? moved : one)),
  }
  return { act, outcome, world: after }
}

interface Effect extends Partial<Pick<World, 'database' | 'redis' | 'lease'>> {
  readonly outcome: Outcome
  readonly holds?: number
}

// #region acts
const acts: Readonly<Record<Act, (world: World, rules: Rules, actor: Actor) => Effect>> = {
  look: ({ redis, lease }, { filling }, { name }) => {
    if (redis !== undefined) return { outcome: 'hit', holds: redis }
    if (filling === 'plain') return { outcome: 'miss' }
    return lease === undefined ? { outcome: 'leased', lease: name } : { outcome: 'waits' }
  },
  ask: ({ database }) => ({ outcome: 'read', holds: database }),
  fill: ({ lease }, { filling }, { name, holds }) => {
    if (filling === 'lease' && lease !== name) return { outcome: 'refused' }
    return { outcome: 'filled', redis: holds, lease: undefined }
  },
  write: ({ database }) => ({ outcome: 'written', database: database + 1, holds: database + 1 }),
  delete: () => ({ outcome: 'deleted', redis: undefined, lease: undefined }),
  update: (_world, _rules, { holds }) => ({ outcome: 'updated', redis: holds, lease: undefined }),
}
// #endregion acts

/** Its server dies; whatever it had still to do is not done. */
export const die = (world: World, name: string): World => ({
  ...world,
  actors: world.actors.map((one) =>
    one.name === name && one.state === 'under-way' ? { ...one, state: 'dead' } : one,
  ),
})

/** Time passes: the entry's time to live is over, and the lease's. */
export const expire = (world: World): World => ({ ...world, redis: undefined, lease: undefined })

/** Redis has an old version, and nobody is on his way to put that right: it is shown until it expires. */
export const isStuck = ({ redis, database, actors }: World): boolean =>
  redis !== undefined &&
  redis < database &&
  !actors.some(({ kind, state, done }) => kind === 'writer' && state === 'under-way' && done > 0)
