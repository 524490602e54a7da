import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeEach, expect, test } from 'vitest'
import {
  beginAnew,
  createDraw,
  createGuests,
  type Guests,
  isVoteLost,
  lab,
  say,
  sql,
  untilInStep,
} from '#labs/kit'

const servers = ['web1', 'web2']
const halves = [
  ['redis1', 'copy1'],
  ['redis2', 'copy2'],
] as const
const redis = halves.flat()
const pairs = { redis, sentinels: ['sentinel1', 'sentinel2', 'sentinel3'], web: servers }
const machines = [
  ['redis1', 'copy2', 'sentinel1'],
  ['redis2', 'copy1', 'sentinel2'],
]
const draw = createDraw(64)
const word = draw.word()
const names = Array.from({ length: 20 }, (_, index) => `Guest ${word} ${index}`)
/** Milliseconds for which people may be refused: five seconds, and what it takes to find out. */
const gap = 6500
/** So long it stays away besides: long enough to see whether people are let in again, and stay so. */
const away = 7500
/** Where votes were split, which is nobody's fault, another takes over at the next attempt. */
const nextAttempt = 10_000
/** Until the one that is back has found its place: who comes meanwhile is judged as well. */
const coming = 25_000
/** Refused without any reason that we know: a stall of the machine. */
const few = 2

const masters = draw.some(2, ['redis1', 'redis2'])
/** A copy that is away takes no promise with it, but whoever waits for it refuses everybody. */
const turns = [
  ['split', [masters[0]!]],
  ['pause', [masters[1]!]],
  // Cut off rather than killed: nobody is told that its connections have ended.
  ['cut', draw.one(machines)],
] as const

beforeEach(async () => {
  await beginAnew(lab, pairs)
}, 120_000)
afterAll(() => sql(lab, `DELETE FROM users WHERE name LIKE 'Guest ${word} %'`))

test.each(turns)(
  say(
    'while people sign in: %s of %s, and back. Whoever was let in is known for good',
    '人们不断登录的时候：%s %s，之后又回来。让进来的，以后都认得',
  ),
  { timeout: 150_000 },
  async (how, gone) => {
    const guests = createGuests(lab, { servers, names })
    const done = { gone: Infinity, back: Infinity }
    let excused = gap
    try {
      await untilLetIn(guests, 10)
      done.gone = performance.now()
      await Promise.all(gone.map((server) => lab[how](server)))
      await pause(gap)
      if (await isVoteLost(lab, pairs.sentinels)) excused += nextAttempt
      await untilLetIn(guests, 1, away + excused - gap)
      done.back = performance.now()
      await Promise.all(gone.map((server) => lab.start(server)))
      await untilInStep(lab, halves, coming)
      await untilLetIn(guests, 10)
    } finally {
      await guests.leave()
    }
    const lost = await guests.lost()
    expect(
      `${lost.length} / ${guests.signedIn.length}`,
      say('who was told "you are signed in", and is not', '说是登录了、却不认得的人'),
    ).toBe(`0 / ${guests.signedIn.length}`)
    const isExcused = (from: number, until: number) =>
      [done.gone, done.back].some((begin) => until >= begin && from <= begin + excused)
    const late = guests.refused.filter(({ from, until }) => !isExcused(from, until))
    expect(
      late.length,
      say(
        'who was refused later than 5 s after it went, or came back',
        '它走了、或者回来 5 秒之后，还被拒绝的人',
      ),
    ).toBeLessThanOrEqual(few)
  },
)

test(
  say(
    'where one Sentinel alone sees a master without a copy, nothing is promised by it',
    '只有一个哨兵看得到、又没有副本的主，什么也不能答应',
  ),
  { timeout: 90_000 },
  async () => {
    const [, copy] = halves[0]
    await Promise.all([copy, ...pairs.sentinels.slice(1)].map((server) => lab.cut(server)))
    await pause(gap)
    const asked = names.map((name, at) =>
      lab.signIn(name, { to: servers[at % 2]!, port: 3000, timeoutMs: 8000 }),
    )
    const refused = (await Promise.all(asked)).filter((cookie) => cookie === undefined)
    const message = say(
      `sign-ins that are refused, of ${names.length}, half of them in half one`,
      `${names.length} 次登录里被拒绝的；其中大约一半归 one 那一半`,
    )
    expect(refused.length, message).toBeGreaterThanOrEqual(3)
    // The other half has its copy.
    expect(refused.length, message).toBeLessThan(names.length)
  },
)

/** So many more at each server, and so many milliseconds more. */
async function untilLetIn(guests: Guests, more: number, ms = 0): Promise<void> {
  const count = (to: string) => guests.signedIn.filter((one) => one.to === to).length
  const before = servers.map(count)
  const until = performance.now() + ms
  const message = say('both servers let people in', '两台服务器都让人登录')
  const are = () =>
    performance.now() > until && servers.every((to, at) => count(to) >= before[at]! + more)
  await expect.poll(are, { timeout: ms + 15_000, interval: 100, message }).toBe(true)
}
