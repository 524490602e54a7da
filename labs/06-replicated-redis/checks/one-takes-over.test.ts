import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  areInStep,
  areKept,
  beginAnew,
  createDraw,
  expectSeen,
  hasStoodFor,
  inTurn,
  knowsInStep,
  lab,
  loadsDuring,
  makeTopics,
  mastersAmong,
  readPages,
  removeTopics,
  replyAt,
  say,
  untilKept,
  watchedBy,
  worksOnceElected,
} from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const servers = ['web1', 'web2']
const halves = [
  ['redis1', 'copy1'],
  ['redis2', 'copy2'],
] as const
const redis = halves.flat()
const sentinels = ['sentinel1', 'sentinel2', 'sentinel3']
const pairs = { redis, sentinels, web: servers }
const machines = {
  A: ['redis1', 'copy2', 'sentinel1'],
  B: ['redis2', 'copy1', 'sentinel2'],
} as const
const draw = createDraw(63)
const [before, afresh] = [160, 200]
/** A stall of the machine may cost some. */
const few = 8
/**
 * Milliseconds until another has taken over: five seconds, and what it takes to find out, a try of which
 * takes two. Where votes were split, which is nobody's fault, the next attempt counts as well.
 */
const [going, more] = [8500, 22_000]
/**
 * Until the one that was away is a copy; and until attempts are repeated that have failed: votes may be
 * split, and then two are needed.
 */
const [coming, again] = [30_000, 33_000]
/** From one failure of a half to the next: so long a Sentinel may wait before it begins once more. */
const rest = 30_000

/**
 * A Sentinel that was frozen mistrusts its clock, and for half a minute calls nobody dead (TILT): the
 * machine that goes first is killed or cut off.
 */
const first = draw.one(['kill', 'cut'] as const)
const others = (['kill', 'cut', 'pause'] as const).filter((how) => how !== first)
const [alone = first, second = first] = draw.some(2, others)

let paths: readonly string[] = []
/** Nobody has read them yet. */
let unread: string[] = []
let kept: readonly string[] = []

beforeAll(async () => {
  paths = await makeTopics(lab, before + afresh, draw.word())
  kept = paths.slice(0, before)
})
beforeEach(async () => {
  unread = paths.slice(before)
  await beginAnew(lab, pairs)
  await untilKept(lab, { log, pages: kept, servers })
}, 120_000)
afterAll(() => removeTopics(lab, paths))

test(
  say('a stall of 300 ms makes nobody master', '卡顿 300 毫秒，谁也不会因此接任'),
  { timeout: 90_000 },
  async () => {
    for (const server of Array.from({ length: 8 }, (_, turn) => `redis${1 + (turn % 2)}`)) {
      await lab.exec(server, ['redis-cli', 'CLIENT', 'PAUSE', '300', 'ALL'])
      // Reading takes its time: long enough for whoever wants to take over.
      for (const turn of [0, 1, 2, 3]) await readPages(lab, kept, inTurn(servers, turn), 5000)
    }
    const masters = say('who believes to be master', '谁认为自己是主')
    expect(await mastersAmong(lab, redis), masters).toEqual(['redis1', 'redis2'])
  },
)

test(
  say(
    `a master is away (${alone}): another takes over, and both servers follow`,
    `一个主不在了（${alone}）：另一个接任，两台服务器都跟过去`,
  ),
  { timeout: 120_000 },
  async () => {
    const gone = draw.one(['redis1', 'redis2'])
    await lab[alone](gone)
    await expectTakenOver()
  },
)

test(
  say(
    `a whole machine is away (${first}), and when it is back, the other (${second})`,
    `整台机器不在了（${first}），它回来之后，另一台也不在了（${second}）`,
  ),
  { timeout: 180_000 },
  async () => {
    const [one, other] = draw.some(2, [machines.A, machines.B])
    const rested = performance.now() + rest
    await Promise.all(one!.map((server) => lab[first](server)))
    await expectTakenOver()
    await Promise.all(one!.map((server) => lab.start(server)))
    const isWhole = async () => (await areInStep(lab, halves)) && (await areKnown(one!))
    const message = say(
      'both halves have a copy again, and the Sentinels know it',
      '两半又都有副本了，哨兵也都知道',
    )
    await expect.poll(isWhole, { timeout: coming, interval: 300, message }).toBe(true)
    await pause(rested - performance.now())
    await Promise.all(other!.map((server) => lab[second](server)))
    await expectTakenOver()
  },
)

test(
  say(
    'masters and copies were all frozen, and the copies wake up alone: they take over within 30 s',
    '主和副本全都冻住了，只有副本醒来：30 秒之内由它们接任',
  ),
  { timeout: 120_000 },
  async () => {
    for (const [master, copy] of halves) {
      await lab.pause(copy)
      await lab.pause(master)
    }
    // They have tried for both, and there was nobody to be had.
    const haveFailed = async () => {
      const haveStoodFor = async (name: string) =>
        (await Promise.all(sentinels.map((one) => hasStoodFor(lab, one, name)))).some(Boolean)
      const stood = await Promise.all(['one', 'two'].map(haveStoodFor))
      const seen = (await Promise.all(sentinels.map((one) => watchedBy(lab, one)))).flat()
      return stood.every(Boolean) && !seen.some(({ isFailingOver }) => isFailingOver)
    }
    const tried = say('the Sentinels have tried in vain', '哨兵试过一次，没有成功')
    await expect.poll(haveFailed, { timeout: 20_000, interval: 300, message: tried }).toBe(true)
    await Promise.all(halves.map(([, copy]) => lab.start(copy)))
    await expectTakenOver(again)
  },
)

/** Each Sentinel knows that the Redis of this machine are copies in step. */
async function areKnown(machine: readonly string[]): Promise<boolean> {
  const known = machine
    .filter((server) => redis.some((one) => one === server))
    .flatMap((copy) =>
      sentinels.map((one) => knowsInStep(lab, one, copy.endsWith('1') ? 'one' : 'two', copy)),
    )
  return (await Promise.all(known)).every(Boolean)
}

/** New pages are kept, people sign in, replies are seen at once, and what was kept is there still. */
async function expectTakenOver(timeout = going): Promise<void> {
  const some = unread.splice(0, 24)
  const message = say(
    'both servers keep new pages, and people sign in, in both halves',
    '两半里新页面都存得住，登录也都行，两台服务器都是',
  )
  const works = async () =>
    (await areKept(lab, { log, pages: some, servers })) && (await allSignIn())
  const does = await worksOnceElected(lab, { sentinels, works, ms: timeout, more })
  expect(does, message).toBe(true)

  const written = new Map<string, string>()
  for (const [index, path] of [...draw.some(3, some), ...draw.some(3, kept)].entries()) {
    const text = draw.word(16)
    await replyAt(lab, path, text, servers[index % 2]!)
    written.set(path, text)
    await expectSeen(lab, new Map([[path, text]]), servers)
  }
  await expectSeen(lab, written, servers)
  const old = kept.filter((path) => !written.has(path))
  const loads = await loadsDuring(lab, log, old, () =>
    readPages(lab, old, inTurn(servers, draw.one([0, 1])), 5000),
  )
  expect(
    loads.length,
    say('pages that were kept before, and were loaded again', '原来存着、又读了一次的页面'),
  ).toBeLessThanOrEqual(few)
}

/** Sixteen people: in both halves, as chance would have it. */
async function allSignIn(): Promise<boolean> {
  const cookies = await Promise.all(
    Array.from({ length: 8 }, () => servers)
      .flat()
      .map((server) => lab.signIn('Pi Rixiu', { to: server, port: 3000, timeoutMs: 3000 })),
  )
  return cookies.every(Boolean)
}
