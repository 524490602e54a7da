import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { playFailover } from '../../../snippets/replication/failover.ts'
import { usualSettings } from '../../../snippets/replication/failover-story.ts'
import {
  chooseReplica,
  mayPromote,
  votesFor,
  type Ballot,
} from '../../../snippets/replication/sentinels.ts'
import { takeEngine } from '../../real/engine.ts'
import { patient, untilCopied, withRedises, type RealPlace, type RealServer } from './real-redis.ts'

const { quorum, downAfterMs, failoverTimeoutMs } = usualSettings
let engine: Engine

beforeAll(async () => {
  engine = await takeEngine(['redis:8.0'])
})
afterAll(() => engine?.release())

interface Line {
  readonly atMs: number
  readonly kind: string
  readonly rest: string
}

/** `12:X 29 Nov 2026 10:00:00.123 # +sdown master one 127.0.0.1 7001` */
function linesOf(log: string): readonly Line[] {
  return [...log.matchAll(/^\d+:X (.+?) [#*] ([+-][a-z-]+) ?(.*)$/gm)].map(
    ([, time, kind, rest]) => ({ atMs: Date.parse(`${time} UTC`), kind: kind!, rest: rest! }),
  )
}

/** A master, a copy for each of these priorities, and three Sentinels that know all of them. */
async function started({ redis, sentinel }: RealPlace, priorities: readonly number[]) {
  const master = redis(7001)
  const copies = priorities.map((priority, index) =>
    redis(7002 + index, '--replica-priority', `${priority}`, '--replicaof', '127.0.0.1', '7001'),
  )
  for (const one of [master, ...copies]) await one.begin()
  for (const copy of copies) await untilCopied(master, copy)
  const sentinels: RealServer[] = []
  for (const port of [26_001, 26_002, 26_003])
    sentinels.push(
      await sentinel(
        port,
        `sentinel monitor one 127.0.0.1 7001 ${quorum}`,
        `sentinel down-after-milliseconds one ${downAfterMs}`,
        `sentinel failover-timeout one ${failoverTimeoutMs}`,
      ),
    )
  for (const one of sentinels) {
    const knows = async (field: string) =>
      new RegExp(`${field}=(\\d+)`).exec(await one.cli('INFO', 'sentinel'))?.[1]
    await expect.poll(() => knows('sentinels'), patient).toBe('3')
    await expect.poll(() => knows('slaves'), patient).toBe(`${copies.length}`)
  }
  return { master, copies, sentinels }
}

/** Until all of them name another master; its port. */
async function untilSwitched(sentinels: readonly RealServer[], from: RealServer): Promise<number> {
  const named = async () => {
    const ports = await Promise.all(
      sentinels.map(async (one) =>
        (await one.cli('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'one')).split('\n')[1]?.trim(),
      ),
    )
    return new Set(ports).size === 1 ? Number(ports[0]) : from.port
  }
  await expect.poll(named, patient).not.toBe(from.port)
  return named()
}

const logsOf = async (sentinels: readonly RealServer[]) =>
  Promise.all(sentinels.map(async (one) => linesOf(await one.said())))

test('they vote once an epoch, lead by a majority, and go through the steps of the simulation', () =>
  withRedises(engine, async (place) => {
    const { master, sentinels } = await started(place, [100])
    const pid = await master.info('server', 'process_id')
    await master.signal('KILL', pid)
    expect(await untilSwitched(sentinels, master)).toBe(7002)
    const logs = await logsOf(sentinels)
    const ballots = logs.map((lines) =>
      lines
        .filter(({ kind }) => kind === '+vote-for-leader')
        .map(({ rest }): Ballot => {
          const [leader, epoch] = rest.split(' ')
          return { leader: leader!, epoch: Number(epoch) }
        }),
    )
    for (const own of ballots) {
      const epochs = own.map(({ epoch }) => epoch)
      expect(epochs).toEqual([...new Set(epochs)])
    }
    const ids = await Promise.all(sentinels.map((one) => one.cli('SENTINEL', 'MYID')))
    const leader = logs.findIndex((lines) => lines.some(({ kind }) => kind === '+elected-leader'))
    const elected = logs.flatMap((lines) => lines.filter(({ kind }) => kind === '+elected-leader'))
    expect(elected).toHaveLength(1)
    const winner = ballots[leader]!.at(-1)!
    expect(winner.leader).toBe(ids[leader]!.trim())
    const votes = votesFor(
      winner,
      ballots.map((own) => own.find((b) => b.epoch === winner.epoch)),
    )
    expect(mayPromote({ votes, known: 3, quorum })).toBe(true)

    const gone = [{ atMs: 3000, server: 'redis1', does: 'killed' }] as const
    const { moments } = playFailover(usualSettings, gone, 8000)
    const leads = moments.find(({ event }) => event.kind === '+elected-leader')!.event
    const steps = [
      '+sdown',
      '+odown',
      '+try-failover',
      '+vote-for-leader',
      '+elected-leader',
    ].concat('+selected-slave', '+promoted-slave', '+switch-master')
    const told = moments.flatMap(({ event }) =>
      'sentinel' in event && 'sentinel' in leads && event.sentinel === leads.sentinel
        ? [event.kind as string]
        : [],
    )
    const inOrder = (kinds: readonly string[]) => {
      const first = steps.map((step) => kinds.indexOf(step))
      return [...steps].sort((a, b) => first[steps.indexOf(a)]! - first[steps.indexOf(b)]!)
    }
    expect(inOrder(told)).toEqual(steps)
    expect(inOrder(logs[leader]!.map(({ kind }) => kind))).toEqual(steps)

    await master.begin()
    const converted = async () =>
      (await logsOf(sentinels)).flat().filter(({ kind }) => kind === '+convert-to-slave').length
    await expect.poll(converted, patient).toBeGreaterThan(0)
    await expect.poll(() => master.info('replication', 'role'), patient).toBe('slave')
    const later = (await logsOf(sentinels)).flat()
    const [away, back] = ['-sdown', '+convert-to-slave'].map((wanted) =>
      Math.min(...later.flatMap(({ kind, atMs }) => (kind === wanted ? [atMs] : []))),
    )
    expect(back! - away!).toBeGreaterThan(7000)
  }))

// By priority alone: what a Sentinel knows of the copies' offsets is up to ten seconds old.
test('of several copies they promote the one that the model chooses', () =>
  withRedises(engine, async (place) => {
    const { master, copies, sentinels } = await started(place, [0, 100, 50, 70])
    const candidates = await Promise.all(
      copies.map(async (copy) => ({
        name: `${copy.port}`,
        runId: await copy.info('server', 'run_id'),
        priority: await copy.number('replication', 'slave_priority'),
        offset: await copy.number('replication', 'slave_repl_offset'),
      })),
    )
    await master.signal('KILL')
    const port = await untilSwitched(sentinels, master)
    expect(`${port}`).toBe(chooseReplica(candidates)!.name)
  }))

test('with two of three Sentinels dead there is a try, and no leader', () =>
  withRedises(engine, async (place) => {
    const { master, sentinels } = await started(place, [100])
    const [alive, ...dead] = sentinels as [RealServer, ...RealServer[]]
    await alive.cli('SENTINEL', 'SET', 'one', 'quorum', '1')
    for (const one of dead) await one.signal('KILL')
    await master.signal('KILL')
    const seen = async (kind: string) =>
      linesOf(await alive.said()).filter((line) => line.kind === kind).length
    await expect.poll(() => seen('-failover-abort-not-elected'), patient).toBeGreaterThan(0)
    expect(await seen('+odown')).toBeGreaterThan(0)
    expect(await seen('+elected-leader')).toBe(0)
    const tries = linesOf(await alive.said()).filter(({ kind }) => kind === '+try-failover')
    expect(tries.length).toBeGreaterThan(0)
    expect(mayPromote({ votes: 1, known: 3, quorum: 1 })).toBe(false)
  }))
