import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  askedOver,
  askRedis,
  beginEmpty,
  createDraw,
  inTurn,
  lab,
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
/** All pages are read at each server again and again, until so many of these readings go past the groups. */
const [rounds, missed] = [24, 8]
/** Readings that are counted: chance gives the busiest of four some 4 % more than its part. */
const counted = 4000
/** Twice the groups, and the busiest has this part of the work, at most. */
const bar = 0.6

/**
 * So often a group is slow for so many milliseconds, with so many between; and readers under way: few, for
 * an answer that waits for the machine besides is later than the group.
 */
const [pauses, slowly, between, crowd] = [16, 180, 100, 8]
/** Readings of which the main level may hear then: of all who wait at a group when the machine stalls. */
const heard = 3 * pauses

let paths: readonly string[] = []
let others: readonly string[] = []
beforeAll(async () => {
  const all = await makeTopics(lab, count + scouts, draw.word())
  paths = all.slice(0, count)
  others = all.slice(count)
}, 60_000)
afterAll(async () => {
  await removeTopics(lab, [...paths, ...others])
  await tell(usual)
})

test(
  say(
    `the busiest of four groups is asked at most ${bar * 100} % of what the busiest of two is`,
    `四组里最忙的那一组，被问的次数最多是两组时的 ${bar * 100}%`,
  ),
  { timeout: 240_000 },
  async () => {
    const two = await askedOf(draw.some(2, groups))
    const four = await askedOf(draw.some(4, groups))
    const seen = JSON.stringify({ two, four }).replaceAll('"', '')
    expect(
      Number((most(four) / most(two)).toFixed(2)),
      say(
        `the part (asked for ${counted} pages: ${seen})`,
        `是两组时的几分之几（${counted} 个页面，各组被问的次数：${seen}）`,
      ),
    ).toBeLessThanOrEqual(bar)
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

/** Group → how often it is asked for so many pages: where groups are the limit, the busiest is. */
async function askedOf(row: readonly string[]): Promise<Readonly<Record<string, number>>> {
  await prepare(row)
  const asked = await askedOver(lab, row, () => readMany(crowd, counted))
  const sum = Object.values(asked).reduce((total, one) => total + one, 0)
  expect(
    sum,
    say(`how often ${row.join()} are asked`, `问到 ${row.join()} 的次数`),
  ).toBeGreaterThan(counted / 2)
  return asked
}

const most = (asked: Readonly<Record<string, number>>) => Math.max(...Object.values(asked))

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

/** So many pages, so many at a time. */
async function readMany(inFlight: number, many: number): Promise<void> {
  const cycle = draw.some(count, paths)
  // Each page at one server, then, when all have had their turn, at the other.
  const where = (index: number) => servers[(index + Math.floor(index / count)) % servers.length]!
  const requests = Array.from({ length: many }, (_, index) => ({
    path: cycle[index % count]!,
    to: where(index),
    port: 3000,
    timeoutMs: 5000,
  }))
  const { withoutPage } = await lab.send(requests, { concurrency: inFlight, bodies: false })
  expect(withoutPage, say('pages without a good answer', '没有正常响应的页面')).toEqual([])
}

const tell = (row: readonly string[]) => tellServers(lab, { web1: row, web2: row }, 'NEAR_URL')
