import { expect } from 'vitest'
import { tea } from './balancer.ts'
import { openStage } from './stage.ts'

const stage = openStage(import.meta.url, tea, [])
const { claim } = stage

/** The server's own CPU time so far, in seconds. */
async function cpu(): Promise<number> {
  const { containers, balancer } = stage
  const stat = await containers.docker('exec', balancer.id, 'cat', '/proc/1/stat')
  // utime and stime, fields 14 and 15, in ticks of 10 ms; the name in brackets is field 2.
  const [user = 0, system = 0] = stat.replace(/.*\) /, '').split(' ').slice(11, 13).map(Number)
  return (user + system) / 100
}

/** `count` requests that compute, from this many readers at once. */
async function measure(readers: number, count = 64) {
  const request = { port: 3000, path: '/work?times=10' }
  const cpuBefore = await cpu()
  const answers = await stage.balancer.askTimes(count, request, { atOnce: readers })
  const used = (await cpu()) - cpuBefore
  const begun = Math.min(...answers.map(({ askedAt }) => askedAt))
  const ended = Math.max(...answers.map(({ askedAt, ms }) => askedAt + ms))
  const seconds = (ended - begun) / 1000
  const waited = answers.reduce((sum, { ms }) => sum + ms, 0) / count / 1000
  return { perSecond: count / seconds, cores: used / seconds, cpuEach: used / count, waited }
}
type Run = Awaited<ReturnType<typeof measure>>

/** Three runs with each number of readers, in turn: other programs slow a run down, but not all. */
async function compare(...readers: readonly number[]): Promise<readonly (readonly Run[])[]> {
  const runs: Run[][] = readers.map(() => [])
  for (let round = 0; round < 3; round++)
    for (const [index, count] of readers.entries()) runs[index]!.push(await measure(count))
  return runs
}
const best = (runs: readonly Run[] = []) => ({
  perSecond: Math.max(...runs.map(({ perSecond }) => perSecond)),
  cores: Math.max(...runs.map(({ cores }) => cores)),
  cpuEach: Math.min(...runs.map(({ cpuEach }) => cpuEach)),
  waited: Math.min(...runs.map(({ waited }) => waited)),
})

const rounded = (number: number, digits = 0) => number.toFixed(digits)

claim(
  'one-process-one-core',
  'work that computes: eight readers get no more answers a second than one, for it is one core',
  async ({ figure }) => {
    const [alone, eight] = (await compare(1, 8)).map(best)
    // Two bounds that no neighbour on the machine can move: never more than a core, and no answer
    // for less of it than before. So there is nothing that more readers could get.
    expect(eight!.cores).toBeLessThan(1.2)
    expect(eight!.cpuEach / alone!.cpuEach).toBeGreaterThan(0.8)
    const ratio = eight!.perSecond / alone!.perSecond
    expect(ratio).toBeLessThan(2.5)
    figure({
      en: `8 readers at once: ${rounded(ratio, 1)} × the answers per second of 1 reader, ${rounded(eight!.cores, 1)} cores busy`,
      zh: `同时 8 个读者：每秒应答数是 1 个读者时的 ${rounded(ratio, 1)} 倍，占用 ${rounded(eight!.cores, 1)} 个核`,
    })
  },
)

claim(
  'slow-request-holds-up-everyone',
  'while one request computes, all others wait for it',
  async ({ figure }) => {
    const { balancer } = stage
    const quick = { port: 3000, path: '/' }
    const alone = await balancer.askTimes(20, quick)
    await balancer.flood(quick, { atOnce: 1 })
    const slow = await balancer.ask({ port: 3000, path: '/work?times=200' })
    const beside = await balancer.ebb()
    const longest = (answers: readonly { readonly ms: number }[]) =>
      Math.max(...answers.map(({ ms }) => ms))
    expect(longest(beside)).toBeGreaterThan(0.8 * slow.ms)
    expect(longest(alone)).toBeLessThan(0.5 * slow.ms)
    figure({
      en: `one request computed for ${rounded(slow.ms)} ms: a quick one beside it took ${rounded(longest(beside))} ms, at most ${rounded(longest(alone))} ms otherwise`,
      zh: `一个请求算了 ${rounded(slow.ms)} ms：旁边一个本来很快的请求用了 ${rounded(longest(beside))} ms，平时最多 ${rounded(longest(alone))} ms`,
    })
  },
)

claim(
  'waiting-grows-with-the-queue',
  'a full server makes each reader wait for all who are before: readers = answers per second × seconds',
  async ({ figure }) => {
    const queues = [1, 4, 16]
    const runs = await compare(...queues)
    for (const [index, readers] of queues.entries())
      for (const { perSecond, waited } of runs[index]!) {
        // Little 1961: https://doi.org/10.1287/opre.9.3.383. Less than 1: at the end, some have left.
        const ratio = (perSecond * waited) / readers
        expect(ratio).toBeGreaterThan(0.6)
        expect(ratio).toBeLessThan(1.1)
      }
    const waits = runs.map((some) => best(some).waited)
    expect(waits[2]! / waits[1]!).toBeGreaterThan(2)
    const list = waits.map((wait) => `${rounded(wait * 1000)} ms`)
    figure({
      en: `${queues.join(', ')} readers at once: each waited ${list.join(', ')}`,
      zh: `同时 ${queues.join('、')} 个读者：平均各等 ${list.join('、')}`,
    })
  },
)
