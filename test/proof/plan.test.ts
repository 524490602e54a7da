import { describe, expect, test } from 'vitest'
import { type Item, planFor, stateOf } from './plan.ts'
import { summary } from './summary.ts'

const proof = { own: 'a', machinery: 'm', day: '2026-11-27', seconds: 3 }
const item = (id: string, own = 'a', machinery = 'm'): Item => ({ id, digests: { own, machinery } })
const many = Array.from({ length: 40 }, (_, index) => `answer-${index}`)
const known = Object.fromEntries(many.map((id) => [id, proof]))
const draw = (items: readonly Item[], seed: string) => [
  ...planFor(items, known, { seed, sample: 4 }).now,
]

describe('what the record says of something', () => {
  test.each([
    ['is nothing, so it has yet to be proved', item('x'), undefined, 'changed'],
    ['holds while nothing changes', item('x'), proof, 'kept'],
    ['is void when its own files change', item('x', 'b'), proof, 'changed'],
    ['is stale when the machinery changes', item('x', 'a', 'n'), proof, 'stale'],
    [
      'is void when the machinery changes that it is a test of',
      { ...item('x', 'a', 'n'), isMachinerys: true },
      proof,
      'changed',
    ],
  ] as const)('%s', (_, what, known, state) => expect(stateOf(what, known)).toBe(state))
})

describe('by day', () => {
  test('all that has changed is proved, and a sample of the rest', () => {
    const changed = many.slice(0, 7).map((id) => item(id, 'b'))
    const drawn = draw([...changed, ...many.slice(7).map((id) => item(id))], 'one')
    expect(drawn).toHaveLength(7 + 4)
    expect(drawn).toEqual(expect.arrayContaining(many.slice(0, 7)))
  })

  test('the same commit draws the same sample, another one another', () => {
    const items = many.map((id) => item(id))
    expect(draw(items, 'one')).toEqual(draw(items, 'one'))
    expect(draw(items, 'two')).not.toEqual(draw(items, 'one'))
  })

  test('what is stale is drawn before what nothing has touched', () => {
    const stale = many.slice(0, 5).map((id) => item(id, 'a', 'n'))
    const drawn = draw([...stale, ...many.slice(5).map((id) => item(id))], 'one')
    expect(many.slice(0, 5)).toEqual(expect.arrayContaining(drawn))
  })

  test('over many commits everything has its turn', () => {
    const items = many.map((id) => item(id))
    const seeds = Array.from({ length: 100 }, (_, index) => String(index))
    expect(new Set(seeds.flatMap((seed) => draw(items, seed))).size).toBe(many.length)
  })
})

test('a run says what it has proved, what only the record knows, and what nobody does', () =>
  expect(
    summary([
      { name: 'load-balancer', now: 4, failed: 0, kept: 20, stale: 3, changed: 0 },
      { name: 'files', now: 1, failed: 2, kept: 0, stale: 0, changed: 5 },
    ]).split('\n'),
  ).toEqual([
    'What this run proves',
    '  load-balancer  4 proved now, 20 by record, 3 stale (the machinery changed since)',
    '  files          1 proved now, 0 by record, 0 stale (the machinery changed since), 2 failed, 5 not proved',
  ]))
