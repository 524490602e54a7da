import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  actorIn,
  advance,
  begin,
  die,
  expire,
  isStuck,
  newWorld,
  nextAct,
  type Filling,
  type Rules,
  type World,
  type Writing,
} from '../../../snippets/cache/key-life.ts'
import { fuzzSeed } from '../nginx/seeded.ts'

/** `R` a reader, `W` a writer; the digit is part of the name. Odd ones are on web1. */
function play(rules: Rules, moves: string, from: World = newWorld) {
  let world = from
  const outcomes: string[] = []
  for (const name of moves.split(' ')) {
    if (name === 'expire') world = expire(world)
    else if (name.startsWith('-')) world = die(world, name.slice(1))
    else {
      if (!actorIn(world, name)) world = begin(world, newcomer(name))
      const step = advance(world, rules, name)
      outcomes.push(step?.outcome ?? 'nothing')
      world = step?.world ?? world
    }
  }
  return { world, outcomes: outcomes.join(' ') }
}

const newcomer = (name: string) =>
  ({
    name,
    server: Number(name.slice(1)) % 2 === 1 ? 'web1' : 'web2',
    kind: name.startsWith('R') ? 'reader' : 'writer',
  }) as const

const rules = (writing: Writing, filling: Filling): Rules => ({ writing, filling })
const warm: World = { ...newWorld, redis: 1 }
const heldBy = (world: World, name: string) => actorIn(world, name)?.holds

describe('the life of a key', () => {
  test('the first reader misses, asks and fills; the second one hits', () => {
    const { outcomes, world } = play(rules('delete-after', 'plain'), 'R1 R1 R1 R2 R2')
    expect(outcomes).toBe('miss read filled hit nothing')
    expect([world.redis, heldBy(world, 'R2')]).toEqual([1, 1])
  })

  test('deleted before the write, the old version comes back and stays, lease or not', () => {
    for (const filling of ['plain', 'lease'] as const) {
      const { world } = play(rules('delete-before', filling), 'W1 R2 R2 W1 R2', warm)
      expect([world.database, world.redis, isStuck(world)]).toEqual([2, 1, true])
    }
  })

  test('the late fill: who read before the write fills after the delete', () => {
    const { world } = play(rules('delete-after', 'plain'), 'R1 R1 W2 W2 R1')
    expect([world.redis, isStuck(world)]).toEqual([1, true])
  })

  test('with a lease the late fill is refused, and its reader has what it came for', () => {
    const { world, outcomes } = play(rules('delete-after', 'lease'), 'R1 R1 W2 W2 R1')
    expect(outcomes).toBe('leased read written deleted refused')
    expect([world.redis, heldBy(world, 'R1'), isStuck(world)]).toEqual([undefined, 1, false])
  })

  test('two writers who update cross over, and the lease does not help', () => {
    for (const filling of ['plain', 'lease'] as const) {
      const { world } = play(rules('update', filling), 'W1 W2 W2 W1', warm)
      expect([world.database, world.redis, isStuck(world)]).toEqual([3, 2, true])
    }
  })

  test('a writer who dies between the two leaves the old version until its time is over', () => {
    const dead = play(rules('delete-after', 'lease'), 'W1 -W1 R2', warm)
    expect([dead.outcomes, isStuck(dead.world)]).toEqual(['written hit', true])
    const { world } = play(rules('delete-after', 'lease'), 'expire R4 R4 R4', dead.world)
    expect([world.redis, isStuck(world)]).toEqual([2, false])
  })

  test('who finds the lease taken waits, until it is over or the key filled', () => {
    const { outcomes } = play(rules('delete-after', 'lease'), 'R1 R2 R2 -R1 R2 expire R2 R2 R2')
    expect(outcomes).toBe('leased waits waits waits leased read filled')
    const filled = play(rules('delete-after', 'lease'), 'R1 R2 R1 R1 R2')
    expect(filled.outcomes).toBe('leased waits read filled hit')
  })

  test('while a writer is between its write and its delete, the old version is not stuck', () => {
    const { world } = play(rules('delete-after', 'lease'), 'W1', warm)
    expect([isStuck(world), nextAct(world, rules('delete-after', 'lease'), 'W1')]).toEqual([
      false,
      'delete',
    ])
  })
})

const move = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('R', 'R', 'W').chain(withNumber) },
  { weight: 1, arbitrary: fc.constant('expire') },
  { weight: 1, arbitrary: withNumber('R').map((name) => `-${name}`) },
)
function withNumber(letter: string) {
  return fc.integer({ min: 1, max: 9 }).map((number) => `${letter}${number}`)
}

/**
 * Kept by a careful clerk who knows nothing of Redis: what had been acknowledged when each reader
 * began. Returns the first reader who was shown something older, or finds the key stuck.
 */
function faultIn(chosen: Rules, moves: readonly string[]): string | undefined {
  let world = warm
  let acknowledged = 1
  const knew = new Map<string, number>()
  for (const name of moves) {
    const before = world
    world = play(chosen, name, world).world
    if (name.startsWith('R') && !knew.has(name)) knew.set(name, acknowledged)
    const actor = actorIn(world, name)
    if (!actor || actorIn(before, name)?.state === 'finished') continue
    if (actor.state !== 'finished') continue
    if (actor.kind === 'writer') acknowledged = Math.max(acknowledged, actor.holds!)
    else if (actor.holds! < knew.get(name)!) return `${name} was shown ${actor.holds}`
    if (isStuck(world)) return `${world.redis} is stuck`
  }
  return undefined
}

describe('whatever the order of the steps', () => {
  const stories = fc.array(move, { minLength: 1, maxLength: 60, size: 'max' })
  const settings = { seed: fuzzSeed(), numRuns: 4000, endOnFailure: true }

  test('written, then deleted, filled by lease: nobody who begins after the acknowledgement is shown an older version, and none is stuck', () => {
    let moved = 0
    const holds = fc.property(stories, (moves) => {
      moved += moves.length
      expect(faultIn(rules('delete-after', 'lease'), moves)).toBeUndefined()
    })
    fc.assert(holds, settings)
    expect(moved).toBeGreaterThan(50_000)
  })

  test.each([
    ['delete-after', 'plain'],
    ['delete-before', 'plain'],
    ['delete-before', 'lease'],
    ['update', 'plain'],
    ['update', 'lease'],
  ] as const)('%s with %s: some order goes wrong, and chance finds it', (writing, filling) => {
    const found = fc.check(
      fc.property(stories, (moves) => faultIn(rules(writing, filling), moves) === undefined),
      settings,
    )
    expect(found.failed).toBe(true)
  })

  test('the lease is no cure for a writer who dies: only the end of the entry’s time is', () => {
    const chosen = rules('delete-after', 'lease')
    const { world } = play(chosen, 'W1 -W1 R2', warm)
    expect(heldBy(world, 'R2')).toBeLessThan(world.database)
    expect(world.acknowledged).toBe(1)
  })
})
