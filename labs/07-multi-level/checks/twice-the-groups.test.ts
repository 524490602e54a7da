import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  askedOver,
  askRedis,
  beginEmpty,
  createDraw,
  inTurn,
  lab,
  makeKeysCheap,
  makeKeysDear,
  makeTopics,
  readPages,
  removeTopics,
  say,
  tellServers,
} from '#labs/kit'

const servers = ['web1', 'web2']
const groups = ['near1', 'near2', 'near3', 'near4']
const usual = ['near1', 'near2', 'near3']
const draw = createDraw(73)
/** More than any process may keep, so that groups are asked. */
const [count, scouts] = [400, 60]
/** All pages are read at each server again and again, until no group lacks more than so many. */
const [rounds, missed] = [24, 2]
/** Of a processor, for each group while it is measured. */
const share = 0.1
/** Of the pages a second that the web servers can give, those that two groups give: these are the limit. */
const part = 0.15
/** Milliseconds that a page waits in the queue of one of two groups, on average. */
const queued = 90
/** Readings that are measured. */
const measured = 1000
/** Twice the groups, and so many times the pages, at least. */
const bar = 1.7

/**
 * So often a group is slow for so many milliseconds, with so many between; and readers under way: few, for
 * an answer that waits for the machine besides is later than the group.
 */
const [pauses, slowly, between, crowd] = [16, 180, 100, 8]
/** Readings of which the main level may hear then: of all who wait at a group when the machine stalls. */
const heard = 3 * pauses

const turns = [2, 4, 2, 4] as const
/** So far apart, as a logarithm, may two measurements of the same be: 15 %. */
const steady = 0.15

let paths: readonly string[] = []
let others: readonly string[] = []
beforeAll(async () => {
  const all = await makeTopics(lab, count + scouts, draw.word())
  paths = all.slice(0, count)
  others = all.slice(count)
  // Whoever has ended this check half-way has left them so.
  for (const group of groups) await makeKeysCheap(lab, group)
}, 60_000)
afterAll(async () => {
  await removeTopics(lab, [...paths, ...others])
  await tell(usual)
})

test(
  say(
    `four groups give at least ${bar} times as many pages a second as two`,
    `四组每秒给出的页面，至少是两组的 ${bar} 倍`,
  ),
  { timeout: 600_000 },
  async () => {
    const load = await calibrate(draw.some(2, groups))
    let seen = await measure(load)
    for (let turn = 1; turn < 3 && !isSteady(seen); turn++) seen = await measure(load)
    const [two, four, twoAgain, fourAgain] = seen
    const counted = seen.map((one, at) => `${turns[at]}: ${Math.round(one)}`).join(', ')
    expect(
      Number(((four + fourAgain) / (two + twoAgain)).toFixed(2)),
      say(
        `the gain (pages a second, by groups: ${counted})`,
        `快了几倍（组数和每秒页面数：${counted}）`,
      ),
    ).toBeGreaterThanOrEqual(bar)
  },
)

test(
  say(
    'a group that takes 200 ms for an answer is slow, and not away: the main level hears nothing of it',
    '一组要 200 毫秒才答，只是慢，不是不在了：主缓存什么也听不到',
  ),
  { timeout: 120_000 },
  async () => {
    await prepare(usual)
    const [slow = ''] = draw.some(1, usual)
    let isOver = false
    const isSlow = async () => {
      for (let turn = 0; turn < pauses; turn++) {
        // It answers nobody, and then everybody.
        await askRedis(lab, slow, 'CLIENT', 'PAUSE', String(slowly), 'ALL')
        await pause(slowly + between)
      }
      isOver = true
    }
    const isRead = async () => {
      while (!isOver) await readMany(crowd, count)
    }
    const { redis1 = 0 } = await askedOver(lab, ['redis1'], () => Promise.all([isSlow(), isRead()]))
    expect(
      redis1,
      say(
        `what the main level was asked, while ${slow} was slow`,
        `${slow} 慢的时候，问到主缓存的次数`,
      ),
    ).toBeLessThanOrEqual(heard)
  },
)

interface Load {
  /** What each key costs the group that is asked for it. */
  readonly microseconds: number
  /** Readers under way, for each group: else four of them wait for readers, and two do not. */
  readonly inFlight: number
}

/** Pages a second in each of the turns. */
type Measured = readonly [number, number, number, number]

async function measure(load: Load): Promise<Measured> {
  const seen: number[] = []
  for (const many of turns) seen.push(await pagesASecond(draw.some(many, groups), load))
  return seen as unknown as Measured
}

/** The same twice, or nearly: else the machine had something else to do in one of them. */
const isSteady = ([two, four, twoAgain, fourAgain]: Measured) =>
  [two / twoAgain, four / fourAgain].every((part) => Math.abs(Math.log(part)) < steady)

/** What makes the groups the limit, on any machine, and whatever an answer asks them for one page. */
async function calibrate(row: readonly string[]): Promise<Load> {
  await prepare(row)
  const wanted = (await readMany(16)) * part
  const guess = (share * 1e6 * row.length) / wanted
  const seen = await whileLimited(row, guess, () => readMany(8, 400))
  return {
    microseconds: (guess * seen) / wanted,
    inFlight: Math.min(20, Math.max(6, (wanted * queued) / 1000 / row.length)),
  }
}

/** By these groups alone. */
async function pagesASecond(row: readonly string[], load: Load): Promise<number> {
  await prepare(row)
  const inFlight = Math.round(load.inFlight * row.length)
  return whileLimited(row, load.microseconds, () => readMany(inFlight))
}

/** All groups have all pages, so that the main level has nothing to do with it. */
async function prepare(row: readonly string[]): Promise<void> {
  await tell(row)
  const isAsked = await beginEmpty(lab, { servers, groups: row }, 'redis1', others)
  expect(isAsked, say(`both servers ask ${row.join()}`, `两台服务器都去问 ${row.join()}`)).toBe(
    true,
  )
  const readAll = async () => {
    for (const turn of servers.keys()) await readPages(lab, paths, inTurn(servers, turn))
  }
  for (let round = 0; round < rounds; round++) {
    const { redis1 = 0 } = await askedOver(lab, ['redis1'], readAll, 400)
    if (redis1 <= missed) return
    if (round < 3) continue
    const still = say(
      `what the main level is still asked of ${count} pages at each server, after as many rounds as ${round + 1}`,
      `每台服务器上的 ${count} 个页面读过 ${round + 1} 轮之后，还问到主缓存的次数`,
    )
    expect(redis1, still).toBeLessThan(count)
  }
}

async function whileLimited<T>(
  row: readonly string[],
  microseconds: number,
  work: () => Promise<T>,
): Promise<T> {
  for (const group of row) await makeKeysDear(lab, group, '*page:topic:*', microseconds)
  for (const group of row) await lab.limitCpus(group, share)
  try {
    return await work()
  } finally {
    for (const group of row) await lab.freeCpus(group)
    for (const group of row) await makeKeysCheap(lab, group)
    // Who was slow is heard again before the next turn.
    await pause(500)
  }
}

/** Pages a second. */
async function readMany(inFlight: number, many = measured): Promise<number> {
  const cycle = draw.some(count, paths)
  // Each page at one server, then, when all have had their turn, at the other.
  const where = (index: number) => servers[(index + Math.floor(index / count)) % servers.length]!
  const requests = Array.from({ length: many }, (_, index) => ({
    path: cycle[index % count]!,
    to: where(index),
    port: 3000,
    timeoutMs: 5000,
  }))
  const from = performance.now()
  const { withoutPage } = await lab.send(requests, { concurrency: inFlight, bodies: false })
  const seconds = (performance.now() - from) / 1000
  expect(withoutPage, say('pages without a good answer', '没有正常响应的页面')).toEqual([])
  return many / seconds
}

const tell = (row: readonly string[]) => tellServers(lab, { web1: row, web2: row }, 'NEAR_URL')
