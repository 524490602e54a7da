import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  beginEmpty,
  createDraw,
  inTurn,
  lab,
  makeTopics,
  readPages,
  removeTopics,
  say,
  tellServers,
  untilAsked,
} from '#labs/kit'

const servers = ['web1', 'web2']
const groups = ['near1', 'near2', 'near3', 'near4']
const usual = ['near1', 'near2', 'near3']
const draw = createDraw(73)
/** More than any process may keep, so that groups are asked. */
const [count, scouts] = [600, 60]
/** Readings of each page at each server until all groups have it. */
const rounds = 7
/** Of a processor, for each group while it is measured: the least that Docker gives. */
const share = 0.01
/** Readings that are measured, and how many are under way at once. */
const [measured, inFlight] = [4000, 64]
/** Twice the groups, and so many times the pages, at least. */
const bar = 1.7

const turns = [2, 4, 2, 4] as const

let paths: readonly string[] = []
let others: readonly string[] = []
beforeAll(async () => {
  const all = await makeTopics(lab, count + scouts, draw.word())
  paths = all.slice(0, count)
  others = all.slice(count)
  await tell(usual)
  await beginEmpty(lab, { servers, groups: usual }, 'redis1', others)
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
  { timeout: 400_000 },
  async () => {
    const seen: number[] = []
    for (const many of turns) seen.push(await pagesASecond(draw.some(many, groups)))
    const [two = 1, four = 0, twoAgain = 1, fourAgain = 0] = seen
    const gains = [four / two, fourAgain / twoAgain].map((gain) => Number(gain.toFixed(2)))
    const counted = seen.map((one, at) => `${turns[at]}: ${Math.round(one)}`).join(', ')
    expect(
      Math.min(...gains),
      say(
        `the gain (pages a second, by groups: ${counted})`,
        `快了几倍（组数和每秒页面数：${counted}）`,
      ),
    ).toBeGreaterThanOrEqual(bar)
  },
)

/** By these groups alone, whose processors are the limit while it is measured. */
async function pagesASecond(row: readonly string[]): Promise<number> {
  await tell(row)
  await untilAsked(lab, { servers, groups: row }, others)
  // All groups have all pages, so that the main level has nothing to do with it.
  for (let round = 0; round < rounds; round++)
    for (const turn of servers.keys()) await readPages(lab, paths, inTurn(servers, turn))
  const cycle = draw.some(count, paths)
  const pages = Array.from({ length: measured }, (_, index) => cycle[index % count]!)
  // Each page at one server, then, when all have had their turn, at the other.
  const where = (index: number) => servers[(index + Math.floor(index / count)) % servers.length]!
  for (const group of row) await lab.limitCpus(group, share)
  const from = performance.now()
  const { failed } = await lab.send(
    pages.map((path, index) => ({ path, to: where(index), port: 3000, timeoutMs: 5000 })),
    { concurrency: inFlight, bodies: false },
  )
  const seconds = (performance.now() - from) / 1000
  for (const group of row) await lab.freeCpus(group)
  expect(failed, say('pages without a good answer', '没有正常响应的页面')).toEqual([])
  // Who was slow is heard again before the next turn.
  await pause(500)
  return measured / seconds
}

const tell = (row: readonly string[]) => tellServers(lab, { web1: row, web2: row }, 'NEAR_URL')
