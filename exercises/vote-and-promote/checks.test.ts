import { expect, test } from 'vitest'
import { say } from '../say.ts'
import {
  chooseReplica,
  createSentinel,
  mayPromote,
  type Ballot,
  type Copy,
  type Election,
} from './starter.ts'

const ballot = (epoch: number, leader: string): Ballot => ({ epoch, leader })
const names = ['s1', 's2', 's3', 's4', 's5', 's6', 's7']

/** So many Sentinels, each by its own name, say that they want `leader` in this epoch. */
const votes = (count: number, leader = 's1', epoch = 3) =>
  names.slice(0, count).map((from) => ({ from, ballot: ballot(epoch, leader) }))

const election = (changes: Partial<Election> = {}): Election => ({
  ...{ wanted: ballot(3, 's1'), answers: votes(2), known: 3, quorum: 2 },
  ...changes,
})

const copy = (name: string, changes: Partial<Copy> = {}): Copy => ({
  ...{ name, runId: `run of ${name}`, priority: 100, offset: 5000, isDown: false },
  ...changes,
})

/** All orders of a list of three. */
const orders = <T>([a, b, c]: readonly [T, T, T]): readonly T[][] => [
  ...[
    [a, b, c],
    [a, c, b],
    [b, a, c],
    [b, c, a],
    [c, a, b],
    [c, b, a],
  ],
]
const chosen = (copies: readonly Copy[]) => chooseReplica(copies)?.name

test(say('the first who asks gets the vote', '谁先来要票，票就给谁'), () => {
  for (const leader of names)
    expect(createSentinel().vote(ballot(1, leader))).toEqual(ballot(1, leader))
})

test(
  say(
    'who asks later in the same epoch is told for whom it was',
    '同一纪元里后来的，被告知票给了谁',
  ),
  () => {
    const sentinel = createSentinel()
    sentinel.vote(ballot(1, 's2'))
    expect(sentinel.vote(ballot(1, 's1'))).toEqual(ballot(1, 's2'))
    expect(sentinel.vote(ballot(1, 's3'))).toEqual(ballot(1, 's2'))
    expect(sentinel.vote(ballot(1, 's2')), 'asked again').toEqual(ballot(1, 's2'))
  },
)

test(say('a new epoch is a new vote', '新的纪元，新的一票'), () => {
  const sentinel = createSentinel()
  for (const [epoch, leader] of [
    [1, 's2'],
    [2, 's1'],
    [3, 's1'],
    [7, 's3'],
    [10, 's2'],
  ] as const) {
    expect(sentinel.vote(ballot(epoch, leader))).toEqual(ballot(epoch, leader))
    expect(sentinel.vote(ballot(epoch, 'late'))).toEqual(ballot(epoch, leader))
  }
})

test(say('an epoch that is over gets no vote', '过去的纪元，一票也不给'), () => {
  const sentinel = createSentinel()
  sentinel.vote(ballot(9, 's2'))
  for (const epoch of [8, 1]) expect(sentinel.vote(ballot(epoch, 's1'))).toEqual(ballot(9, 's2'))
  expect(sentinel.vote(ballot(9, 's1')), 'and its own is still given').toEqual(ballot(9, 's2'))
  expect(sentinel.vote(ballot(10, 's1'))).toEqual(ballot(10, 's1'))
})

test(say('two Sentinels have two votes', '两个哨兵，各有各的票'), () => {
  const [one, other] = [createSentinel(), createSentinel()]
  one.vote(ballot(1, 's1'))
  expect(other.vote(ballot(1, 's2'))).toEqual(ballot(1, 's2'))
  expect(one.vote(ballot(1, 's2'))).toEqual(ballot(1, 's1'))
})

test(say('two of three are a majority, one is none', '三个里两个过半，一个不够'), () => {
  expect(mayPromote(election())).toBe(true)
  expect(mayPromote(election({ answers: votes(3) }))).toBe(true)
  expect(mayPromote(election({ answers: votes(1) }))).toBe(false)
  expect(mayPromote(election({ answers: [] }))).toBe(false)
})

test(
  say(
    'the dead are known, too: of three with two dead nobody leads',
    '死掉的也算：三个死了两个，谁也当不成',
  ),
  () => {
    expect(mayPromote(election({ answers: votes(1), quorum: 1 }))).toBe(false)
    expect(mayPromote(election({ answers: votes(2), known: 5, quorum: 2 }))).toBe(false)
    expect(mayPromote(election({ answers: votes(3), known: 5, quorum: 2 }))).toBe(true)
  },
)

test(say('half is no majority', '一半不算过半'), () => {
  expect(mayPromote(election({ answers: votes(1), known: 2, quorum: 1 }))).toBe(false)
  expect(mayPromote(election({ answers: votes(2), known: 4, quorum: 2 }))).toBe(false)
  expect(mayPromote(election({ answers: votes(3), known: 6, quorum: 2 }))).toBe(false)
  expect(mayPromote(election({ answers: votes(4), known: 6, quorum: 2 }))).toBe(true)
  expect(mayPromote(election({ answers: votes(1), known: 1, quorum: 1 }))).toBe(true)
})

test(say('a quorum above the majority holds as well', 'quorum 比半数高，也得达到'), () => {
  for (const [count, quorum, may] of [
    [3, 4, false],
    [4, 4, true],
    [4, 5, false],
    [5, 5, true],
  ] as const)
    expect(mayPromote(election({ answers: votes(count), known: 5, quorum }))).toBe(may)
})

test(say('votes for another don’t count', '投给别人的票不算'), () => {
  const answers = [...votes(1), ...votes(3, 's2').slice(1)]
  expect(mayPromote(election({ answers }))).toBe(false)
  expect(mayPromote(election({ answers, wanted: ballot(3, 's2') }))).toBe(true)
})

test(say('votes of another epoch don’t count', '别的纪元的票不算'), () => {
  for (const epoch of [2, 4]) {
    expect(mayPromote(election({ answers: votes(3, 's1', epoch) }))).toBe(false)
    const answers = [...votes(1), ...votes(3, 's1', epoch).slice(1)]
    expect(mayPromote(election({ answers }))).toBe(false)
  }
})

test(say('who answers twice counts once', '答了两次，也只算一票'), () => {
  const [one, two] = votes(2)
  const again = votes(1)
  expect(mayPromote(election({ answers: [one!, ...again, ...votes(1)] }))).toBe(false)
  expect(mayPromote(election({ answers: [one!, ...again, two!] }))).toBe(true)
  // It was asked before, in an epoch that came to nothing.
  const before = { from: 's2', ballot: ballot(2, 's3') }
  expect(mayPromote(election({ answers: [before, one!, two!] }))).toBe(true)
})

test(say('the least priority is the best', '优先级数字小的优先'), () => {
  for (const order of orders([
    copy('a', { priority: 100, offset: 9000 }),
    copy('b', { priority: 9, offset: 1 }),
    copy('c', { priority: 10, offset: 9000, runId: '0' }),
  ]))
    expect(chosen(order)).toBe('b')
})

test(say('priority 1 is a priority like any', '优先级 1 也是正经的优先级'), () => {
  for (const [best, other] of [
    [1, 2],
    [1, 100],
    [2, 3],
  ] as const) {
    const copies = [copy('other', { priority: other }), copy('best', { priority: best })]
    expect(chosen(copies)).toBe('best')
    expect(chosen(copies.slice(1))).toBe('best')
  }
})

test(say('priority 0 is never promoted', '优先级 0 永远不提升'), () => {
  const never = copy('never', { priority: 0, offset: 9000 })
  for (const order of orders([never, copy('a'), copy('b', { priority: 200 })]))
    expect(chosen(order)).toBe('a')
  expect(chosen([never])).toBe(undefined)
})

test(say('who is down is not promoted', '不在的不提升'), () => {
  const down = copy('down', { isDown: true, priority: 1, offset: 9000 })
  for (const order of orders([down, copy('a', { priority: 200 }), copy('b', { priority: 300 })]))
    expect(chosen(order)).toBe('a')
  expect(chosen([down])).toBe(undefined)
})

test(say('of equal priority the one that has most', '优先级相同，数据多的优先'), () => {
  for (const order of orders([
    copy('a', { offset: 999, runId: '1' }),
    copy('b', { offset: 10_000, runId: '3' }),
    copy('c', { offset: 9999, runId: '2' }),
  ]))
    expect(chosen(order)).toBe('b')
})

test(
  say(
    'of equals the lesser run id, not the name and not the order',
    '都一样，run id 小的优先，不看名字和顺序',
  ),
  () => {
    for (const order of orders([
      copy('a', { runId: 'c0ffee' }),
      copy('b', { runId: '0a11' }),
      copy('c', { runId: 'beef' }),
    ]))
      expect(chosen(order)).toBe('b')
  },
)

test(say('without a copy there is nobody to promote', '没有副本，就没有谁可提升'), () => {
  expect(chooseReplica([])).toBe(undefined)
})

test(say('the lists stay as they were', '名单原样不动'), () => {
  const copies = Object.freeze([copy('a', { priority: 7 }), copy('b', { priority: 3 })])
  expect(chooseReplica(copies)).toBe(copies[1])
  const answers = Object.freeze(votes(3).toReversed())
  expect(mayPromote(election({ answers }))).toBe(true)
})
