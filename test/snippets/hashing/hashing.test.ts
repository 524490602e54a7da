import { describe, expect, test } from 'vitest'
import { jumpHash } from '../../../snippets/hashing/jump-hash.ts'
import { HashRing } from '../../../snippets/hashing/hash-ring.ts'
import { hashText } from '../../../snippets/hashing/hash-text.ts'
import { moduloNode } from '../../../snippets/hashing/modulo.ts'
import { Rendezvous } from '../../../snippets/hashing/rendezvous.ts'
import { SlotTable } from '../../../snippets/hashing/slot-table.ts'
import { withBug } from '../nginx/planted-bugs.ts'
import { hashingBugs } from './hashing-bugs.ts'
import { laws, loadHashing } from './laws.ts'

const snippets = new URL('../../../snippets/', import.meta.url).href
const ours = await loadHashing((module) => import(/* @vite-ignore */ `${snippets}${module}`))

describe('where a key lives', () => {
  test.each(Object.entries(laws))('%s', (_, law) => law(ours))

  test.each(hashingBugs)('found: $name', async ({ breaks, ...bug }) => {
    const wrong = await withBug(bug, loadHashing)
    expect(() => laws[breaks](wrong)).toThrow()
  })
})

describe('one node more', () => {
  const keys = Array.from({ length: 20_000 }, (_, index) => `/topic/${index}`)
  const names = ['a', 'b', 'c', 'd'].map((host) => `${host}:6379`)
  const [three, four] = [names.slice(0, 3), names].map((some) => some.map((name) => ({ name })))
  const moved = (before: (key: string) => unknown, after: (key: string) => unknown) =>
    keys.filter((key) => before(key) !== after(key)).length / keys.length

  test('moves three quarters of the keys by modulo, and a quarter by each of the others', () => {
    const [few, many] = [names.slice(0, 3), names]
    expect(
      moved(
        (key) => moduloNode(key, few),
        (key) => moduloNode(key, many),
      ),
    ).toBeCloseTo(0.75, 1)
    const jump = (buckets: number) => (key: string) => jumpHash(hashText(key, 0), buckets)
    expect(moved(jump(3), jump(4))).toBeCloseTo(0.25, 1)
    for (const Kind of [HashRing, SlotTable, Rendezvous]) {
      const [before, after] = [new Kind(three!), new Kind(four!)]
      const share = moved(
        (key) => before.nodeFor(key),
        (key) => after.nodeFor(key),
      )
      expect(Math.abs(share - 0.25), Kind.name).toBeLessThan(0.04)
    }
  })
})

describe('what cannot be is refused, and says what to give instead', () => {
  test.each([HashRing, SlotTable, Rendezvous])('%o', (Kind) => {
    expect(() => new Kind([])).toThrow('Next: give at least one')
    for (const weight of [0, -1, Number.NaN, Infinity])
      expect(() => new Kind([{ name: 'a:1', weight }])).toThrow(
        `The weight of a:1 is ${weight}. Next: give a number above 0`,
      )
  })

  test('two nodes of one name in a table of slots', () =>
    expect(() => new SlotTable([{ name: 'a' }, { name: 'a' }])).toThrow('Two nodes have one name'))
})
