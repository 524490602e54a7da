import { setTimeout as pause } from 'node:timers/promises'
import { expect } from 'vitest'
import { say } from '../language.ts'
import type { LabHandle } from './lab.ts'
import { readPages, type Where } from './pages.ts'
import { askRedis, callsSince, countedBy, emptyRedis } from './redis-row.ts'

/** Web servers, and the groups of Redis in front of the main level that they have been told of. */
export interface Row {
  readonly servers: readonly string[]
  readonly groups: readonly string[]
}

type Counting = Pick<LabHandle, 'exec'>

/**
 * Redis → how many commands about data it was given because of `work`: what web servers say to it by
 * themselves, whether somebody reads or not, is counted for `idleMs` afterwards, and taken off.
 */
export async function askedOver(
  lab: Counting,
  servers: readonly string[],
  work: () => Promise<unknown>,
  idleMs = 1500,
): Promise<Readonly<Record<string, number>>> {
  const before = await countedBy(lab, servers)
  await work()
  const between = await countedBy(lab, servers)
  await pause(idleMs)
  const after = await countedBy(lab, servers)
  const because = (server: string) => {
    const [from, until, idle] = [before[server]!, between[server]!, after[server]!]
    const perMs = callsSince(until, idle) / (idle.atMs - until.atMs)
    return Math.max(0, callsSince(from, until) - Math.round(perMs * (until.atMs - from.atMs)))
  }
  return Object.fromEntries(servers.map((server) => [server, because(server)]))
}

/** Of all commands, the part of each server; undefined where there are none. */
export function shareOf(
  commands: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> | undefined {
  const sum = Object.values(commands).reduce((total, one) => total + one, 0)
  if (sum === 0) return undefined
  return Object.fromEntries(Object.entries(commands).map(([name, one]) => [name, one / sum]))
}

/**
 * Reads all these pages at each server, and again, until each server has asked each group of the row.
 * False where that does not come about, which is for others to judge.
 */
export async function untilAsked(
  lab: Pick<LabHandle, 'exec' | 'send'>,
  { servers, groups }: Row,
  pages: readonly string[],
  ms = 8000,
): Promise<boolean> {
  const open = new Set(servers)
  for (const until = performance.now() + ms; performance.now() < until && open.size > 0;) {
    for (const to of open) {
      const commands = await askedOver(
        lab,
        groups,
        () => readPages(lab, pages, () => to, 5000),
        300,
      )
      // A few may be what a server says by itself.
      if (groups.every((name) => commands[name]! >= pages.length / (3 * groups.length)))
        open.delete(to)
    }
  }
  return open.size === 0
}

/** Milliseconds after which no process keeps by itself what it has read before. */
const processLife = 2300

/** Nothing is kept at any level, and every server asks every group. Some pages are read for that. */
export async function beginEmpty(
  lab: Pick<LabHandle, 'exec' | 'send'>,
  row: Row,
  master: string,
  pages: readonly string[],
): Promise<boolean> {
  await emptyRedis(lab, [master, ...row.groups])
  await pause(processLife)
  return untilAsked(lab, row, pages)
}

/** What a server keeps of topics: key → milliseconds that it has to live, −1 where it has no end. */
export async function livesOf(lab: Counting, server: string): Promise<ReadonlyMap<string, number>> {
  const script = `local lives = {}
for _, key in ipairs(redis.call('KEYS', '*topic:*')) do
  lives[#lives + 1] = key
  lives[#lives + 1] = redis.call('PTTL', key)
end
return lives`
  const lines = (await askRedis(lab, server, 'EVAL', script, '0')).trim().split('\n')
  const keys = lines.filter((_, at) => at % 2 === 0 && at + 1 < lines.length)
  return new Map(keys.map((key, at) => [key, Number(lines[2 * at + 1])]))
}

/** Pages are kept there for two minutes: what has ten seconds or less to live is none. */
export async function expectTwoMinutes(lab: Counting, server: string): Promise<void> {
  const lives = [...(await livesOf(lab, server)).values()]
  const pages = lives.filter((ms) => ms < 0 || ms > 10_000)
  const odd = pages.filter((ms) => ms < 80_000 || ms > 135_000).map((ms) => Math.round(ms / 1000))
  expect(pages.length, say(`pages that ${server} keeps`, `${server} 存着的页面`)).toBeGreaterThan(0)
  const kept = say(
    `seconds that pages of ${server} have to live, and it is not two minutes (−1: without an end)`,
    `${server} 的页面还要留的秒数，和两分钟差得太远（−1：不过期）`,
  )
  expect([...new Set(odd)].slice(0, 5), kept).toEqual([])
}

/** What became of readings: who went without a good answer, and who waited for longer than `bar`. */
export interface Timed {
  /** What is no page, each kind with its count. */
  readonly withoutPage: readonly string[]
  slowerThan(bar: number): readonly string[]
}

/** Reads these pages, so many at a time, and says how long each has taken. */
export async function readTimed(
  lab: Pick<LabHandle, 'send'>,
  pages: readonly string[],
  where: Where,
  concurrency = 8,
): Promise<Timed> {
  const requests = pages.map((path, index) => ({
    ...{ path, to: where(index), port: 3000, timeoutMs: 5000 },
  }))
  const answers = await lab.send(requests, { concurrency, bodies: false })
  return {
    withoutPage: answers.withoutPage,
    slowerThan: (bar) =>
      answers.all.flatMap(({ ms }, index) =>
        ms > bar ? `${requests[index]!.path} ${requests[index]!.to}` : [],
      ),
  }
}
