import { describe, expect, test } from 'vitest'
import {
  areInStep,
  beginAnew,
  copiesAll,
  mastersAmong,
  hasStoodFor,
  isVoteLost,
  parseMasters,
  parseReplication,
  untilInStep,
  watchedBy,
  worksOnceElected,
} from '../../../labs/kit/replication.ts'

const master = `# Replication\r
role:master\r
connected_slaves:1\r
slave0:ip=copy1,port=6379,state=online,offset=420,lag=0\r
master_replid:8e1f\r
master_repl_offset:420\r
`
const copy = `# Replication\r
role:slave\r
master_host:redis1\r
master_port:6379\r
master_link_status:up\r
slave_read_repl_offset:420\r
slave_repl_offset:420\r
connected_slaves:0\r
master_replid:8e1f\r
master_repl_offset:420\r
`

test('a master and its copy say who they are, and how far they have come', () => {
  expect(parseReplication(master)).toEqual({
    ...{ role: 'master', isLinkUp: false, id: '8e1f', offset: 420, copies: 1 },
  })
  expect(parseReplication(copy)).toEqual({
    ...{ role: 'copy', of: 'redis1', isLinkUp: true, id: '8e1f', offset: 420, copies: 0 },
  })
  expect(parseReplication('NOAUTH Authentication required.')).toBeUndefined()
})

/** Servers with these answers to INFO; who has none is dead. */
const saying = (answers: Readonly<Record<string, string>>) => ({
  exec: (server: string) =>
    Promise.resolve(
      answers[server] === undefined
        ? { exitCode: 1, stdout: '', stderr: 'is paused' }
        : { exitCode: 0, stdout: answers[server], stderr: '' },
    ),
})

describe('a copy has all', () => {
  const isCopied = (one: string) =>
    copiesAll(saying({ redis1: master, copy1: one }), 'copy1', 'redis1')

  test('that its master has', async () => expect(await isCopied(copy)).toBe(true))
  test('or had, when it was asked first', async () =>
    expect(await isCopied(copy.replace('slave_repl_offset:420', 'slave_repl_offset:433'))).toBe(
      true,
    ))
  test.each([
    ['is behind', copy.replace('slave_repl_offset:420', 'slave_repl_offset:406')],
    ['has another history', copy.replace('master_replid:8e1f', 'master_replid:77aa')],
    ['has lost its master', copy.replace('status:up', 'status:down')],
    ['is a master itself', master],
  ])('but not one that %s', async (_, one) => expect(await isCopied(one)).toBe(false))
  test('but not one that is dead', async () =>
    expect(await copiesAll(saying({ redis1: master }), 'copy1', 'redis1')).toBe(false))
})

test('two may believe themselves master; who does not answer is none', async () => {
  const lab = saying({ redis1: master, copy1: master, copy2: copy })
  expect(await mastersAmong(lab, ['redis1', 'copy1', 'redis2', 'copy2'])).toEqual([
    'redis1',
    'copy1',
  ])
})

test('two are in step whichever of them is the master; all pairs must be', async () => {
  const lab = saying({ redis1: master, copy1: copy, redis2: copy, copy2: master })
  const behind = saying({ redis1: master, copy1: copy, redis2: master, copy2: master })
  const pairs = [['redis1', 'copy1'] as const, ['redis2', 'copy2'] as const]
  expect(await areInStep(lab, pairs)).toBe(true)
  expect(await areInStep(behind, pairs)).toBe(false)
  expect(await untilInStep(behind, pairs, 50)).toBe(false)
})

const watched = (copies: number, others = 2) =>
  ['one', 'two']
    .map(
      (name) =>
        `name\n${name}\nip\nredis1\nport\n6379\nflags\nmaster\nnum-slaves\n${copies}\nnum-other-sentinels\n${others}\nquorum\n2\n`,
    )
    .join('')

test('a Sentinel tells of every master that it watches', async () => {
  expect(parseMasters(watched(1))).toEqual(
    ['one', 'two'].map((name) => ({
      ...{ name, master: 'redis1', copies: 1, others: 2, isWell: true },
      ...{ isFailingOver: false },
    })),
  )
  const voting = watched(1).replace(
    'flags\nmaster',
    'flags\ns_down,o_down,master,failover_in_progress',
  )
  expect(parseMasters(voting)[0]).toMatchObject({
    ...{ isWell: false, isFailingOver: true },
  })
  expect(parseMasters(watched(1).replace('flags\nmaster', 'flags\ns_down,master'))[0]?.isWell).toBe(
    false,
  )
  expect(parseMasters('\n')).toEqual([])
  expect(await watchedBy(saying({}), 'sentinel1')).toEqual([])
})

test('a Sentinel that stands for election sees how the others vote', async () => {
  const sentinels = (...epochs: readonly number[]) =>
    epochs.map(
      (epoch) => `name\nf152\nflags\nsentinel\nvoted-leader\n?\nvoted-leader-epoch\n${epoch}\n`,
    )
  const says = async (...epochs: readonly number[]) =>
    hasStoodFor(saying({ sentinel1: sentinels(...epochs).join('') }), 'sentinel1', 'one')
  expect(await says(0, 0)).toBe(false)
  expect(await says(0, 2)).toBe(true)
  expect(await hasStoodFor(saying({}), 'sentinel1', 'one')).toBe(false)
})

describe('a vote', () => {
  /** A Sentinel that has seen a failover in epoch 3, and this vote of another since. */
  const voted = (epoch: number) => ({
    exec: (_: string, words: readonly string[]) => {
      const about = words.includes('MASTERS')
        ? 'name\none\nconfig-epoch\n3\n'
        : `name\nf152\nvoted-leader-epoch\n${epoch}\n`
      return Promise.resolve({ exitCode: 0, stdout: about, stderr: '' })
    },
  })
  const dead = saying({})

  test('is lost where somebody was voted for, and nobody took over', async () => {
    expect(await isVoteLost(voted(4), ['sentinel1'])).toBe(true)
    expect(await isVoteLost(voted(3), ['sentinel1'])).toBe(false)
    expect(await isVoteLost(voted(0), ['sentinel1'])).toBe(false)
    expect(await isVoteLost(dead, ['sentinel1'])).toBe(false)
  })

  test.each([
    ['what works at once works', dead, 0, true],
    ['who was not elected has one more attempt', voted(4), 150, true],
    ['but not who never stood', dead, 150, false],
    ['and not for ever', voted(4), 10_000, false],
  ])('%s', async (_, lab, after, does) => {
    const from = performance.now()
    const works = () => Promise.resolve(performance.now() - from >= after)
    const elected = { sentinels: ['sentinel1'], works, ms: 50, more: 400 }
    expect(await worksOnceElected(lab, elected)).toBe(does)
  })
})

describe('as on the first day', () => {
  const pairs = { redis: ['redis1', 'copy1'], sentinels: ['sentinel1'], web: ['web1'] }
  function lab(answers: readonly string[]) {
    const done: string[] = []
    let asked = 0
    const note = (what: string) => Promise.resolve(void done.push(what))
    return {
      done,
      recreate: (...servers: readonly string[]) => note(`recreate ${servers.join()}`),
      stop: (server: string) => note(`stop ${server}`),
      start: (server: string) => note(`start ${server}`),
      exec: () => {
        const stdout = answers[Math.min(asked++, answers.length - 1)]!
        return Promise.resolve({ exitCode: 0, stdout, stderr: '' })
      },
    }
  }

  test('all are new, and known to each other when it begins', async () => {
    const one = lab([watched(0, 0), watched(1, 0)])
    expect(await beginAnew(one, pairs)).toBe(true)
    expect(one.done.filter((what) => what.startsWith('recreate'))).toEqual([
      'recreate redis1,copy1',
      'recreate sentinel1',
    ])
    expect(one.done.filter((what) => !what.startsWith('recreate'))).toEqual([
      'stop web1',
      'start web1',
    ])
  })

  test('who watches nobody is not waited for', async () =>
    expect(await beginAnew(lab(['\n']), pairs, { patienceMs: 60_000 })).toBe(false))

  test('who has not got a copy is not waited for without end', async () =>
    expect(await beginAnew(lab([watched(0, 0)]), pairs, { patienceMs: 300 })).toBe(false))

  test('a task that needs no Sentinel begins at once', async () =>
    expect(await beginAnew(lab(['\n']), pairs, { masters: 0 })).toBe(true))
})
