import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  areKept,
  as,
  beginAnew,
  copiesAll,
  createDraw,
  form,
  greetedBy,
  inTurn,
  knowsInStep,
  lab,
  lackingOf,
  lackingReplies,
  loadsDuring,
  makeTopics,
  mastersAmong,
  openTopics,
  readPages,
  removeTopics,
  replyAt,
  say,
  untilKept,
  worksOnceElected,
} from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const servers = ['web1', 'web2']
const redis = ['redis1', 'copy1', 'redis2', 'copy2']
const pairs = { redis, sentinels: ['sentinel1', 'sentinel2', 'sentinel3'], web: servers }
const draw = createDraw(65)
const [before, afresh] = [160, 120]
/** A stall of the machine may cost some. */
const few = 8
/** Milliseconds until another has taken over, until who is back is its copy, until a debt is paid. */
const [going, coming, paid] = [8500, 20_000, 5000]
/** For the next attempt, where votes were split; until who was taken for a stranger is asked about again. */
const [more, moment] = [22_000, 500]
/** From one failure of a half to the next: so long a Sentinel may wait before it begins once more. */
const rest = 30_000
/** Milliseconds, from the order on: longer than anybody waits for one Redis. */
const stall = 250

/** Killed, it comes back empty; else with all that it knew. */
const [first, second] = draw.some(2, [
  ['redis1', 'copy1'],
  ['redis2', 'copy2'],
] as const)
const turns = [
  ['kill', ...first!],
  ['split', ...second!],
  [draw.one(['cut', 'pause'] as const), ...first!],
] as const

interface Member {
  readonly name: string
  readonly cookie: string
}
let paths: readonly string[] = []
let kept: readonly string[] = []
let unread: string[] = []

beforeAll(async () => {
  paths = await makeTopics(lab, before + afresh, draw.word())
  kept = paths.slice(0, before)
  unread = paths.slice(before)
})
beforeEach(async () => {
  await beginAnew(lab, pairs)
  await untilKept(lab, { log, pages: ['/', ...kept], servers })
}, 120_000)
afterAll(() => removeTopics(lab, paths))

test.each(turns)(
  say(
    '%s of %s, and %s takes over; it returns, and then the other dies',
    '%s %s，%s 接任；它回来之后，另一个也死了',
  ),
  { timeout: 170_000 },
  async (how, gone, heir) => {
    const [stays, leaves, early] = [await members(4), await members(4), await members(8)]
    const written = new Map<string, string>()

    const rested = performance.now() + rest
    await lab[how](gone)
    // In the very seconds in which it goes: seen late perhaps, and seen.
    const replying = async () => {
      for (const [index, path] of draw.some(6, kept).entries()) {
        const text = draw.word(16)
        await replyOf(stays[index % stays.length]!, path, text, servers[index % 2]!)
        written.set(path, text)
      }
    }
    await Promise.all([replying(), signOut(early)])
    await expectWorks()
    const isSeen = () => lackingOf(lab, written, servers)
    await expect
      .poll(isSeen, { timeout: paid, interval: 200, message: lackingReplies() })
      .toEqual([])
    const are = say(
      'who has left in those seconds, and is still greeted',
      '就在那几秒退出、却还被认得的人',
    )
    const stay = () => calledWrongly([], early)
    await expect.poll(stay, { timeout: paid, interval: 200, message: are }).toEqual([])

    // Meanwhile there is a new topic, there are replies, and people leave.
    for (const [index, path] of ['/', ...draw.some(6, kept)].entries())
      await writeTo(written, path, servers[index % 2]!)
    await signOut(leaves)

    await lab.start(gone)
    const [lacking, wrong]: [string[], string[]] = [[], []]
    const late: Member[] = []
    const look = async () => {
      lacking.push(...(await lackingOf(lab, written, servers, 1)))
      wrong.push(...(await calledWrongly([...stays, ...late], [...leaves, ...early])))
    }
    const isBack = async () => {
      // Stalls, at which readers ask the other one, if they believe in it.
      let isOver = false
      const words = ['redis-cli', '-r', '3', '-i', '0.6', 'CLIENT', 'PAUSE', String(stall), 'ALL']
      const stalling = lab.exec(heir, words).finally(() => (isOver = true))
      do lacking.push(...(await lackingOf(lab, written, servers, 1)))
      while (!isOver)
      await stalling
      await look()
      // Whoever still writes to it loses what is written now.
      if (late.length < 12) late.push(...(await members(1)))
      await writeTo(written, draw.one(kept), draw.one(servers))
      return copiesAll(lab, gone, heir)
    }
    const message = say(`${gone} is a copy of ${heir}`, `${gone} 成了 ${heir} 的副本`)
    await expect.poll(isBack, { timeout: coming, interval: 200, message }).toBe(true)
    const masters = say('who believes to be master', '谁认为自己是主')
    expect(await mastersAmong(lab, [gone, heir]), masters).toEqual([heir])
    await look()
    const half = gone.endsWith('1') ? 'one' : 'two'
    const known = async () => {
      const all = pairs.sentinels.map((sentinel) => knowsInStep(lab, sentinel, half, gone))
      return (await Promise.all(all)).every(Boolean)
    }
    const told = say(`all Sentinels know that ${gone} is in step`, `哨兵都知道 ${gone} 跟上了`)
    await expect.poll(known, { timeout: coming, interval: 300, message: told }).toBe(true)
    await pause(rested - performance.now())
    const old = kept.filter((path) => !written.has(path))
    await untilKept(lab, { log, pages: old, servers })
    const loadsOf = (turn: number) =>
      loadsDuring(lab, log, old, () => readPages(lab, old, inTurn(servers, turn), 5000))

    await lab.kill(heir)
    const atOnce = say(
      `pages that were kept, and were loaded again while nobody had taken over from ${heir} yet`,
      `${heir} 刚走、还没有人接任时，原来存着、又读了一次的页面`,
    )
    // The promotion cuts all connections, and sixteen are in flight.
    expect((await loadsOf(0)).length, atOnce).toBeLessThanOrEqual(4 * few)
    await expectWorks()
    await look()
    // From its first moment on: one old page was too many.
    expect([...new Set(lacking)], lackingReplies()).toEqual([])
    const people = say(
      'who is called by a name that is not theirs any more, or not called',
      '名字叫错、或者认不得的人',
    )
    expect([...new Set(wrong)], people).toEqual([])
    expect(
      (await loadsOf(1)).length,
      say('pages that were kept before, and were loaded again', '原来存着、又读了一次的页面'),
    ).toBeLessThanOrEqual(few)
  },
)

/** People who are signed in, in both halves as chance would have it. */
async function members(count: number): Promise<Member[]> {
  const found: Member[] = []
  for (let index = 0; index < count; index++) {
    const name = `Guest ${draw.word()}`
    const cookie = await lab.signIn(name, { to: servers[index % 2]!, port: 3000, timeoutMs: 5000 })
    expect(cookie, say('a sign-in', '登录')).toBeTruthy()
    found.push({ name, cookie: cookie! })
  }
  return found
}

/** Each at one of the servers. */
async function signOut(some: readonly Member[]): Promise<void> {
  const leave = { path: '/signout', method: 'POST', headers: form, body: '' }
  const at = (index: number) => ({ to: servers[index % 2]!, port: 3000, timeoutMs: 8000 })
  for (const [index, { cookie }] of some.entries())
    await lab.request('/signout', { ...as(cookie, leave), ...at(index) })
}

async function replyOf(member: Member, path: string, text: string, to: string): Promise<void> {
  const reply = { path: `${path}/replies`, method: 'POST', headers: form, body: `body=${text}` }
  const send = () =>
    lab.request(reply.path, { ...as(member.cookie, reply), ...{ to, port: 3000, timeoutMs: 8000 } })
  let { status } = await send()
  // Who asks at the very moment in which somebody goes, or is promoted, may be taken for a stranger.
  for (let turn = 0; status === 401 && turn < 5; turn++) {
    await pause(200)
    status = (await send()).status
  }
  expect(status, say(`a reply at ${to}`, `在 ${to} 上回复`)).toBe(303)
}

async function writeTo(written: Map<string, string>, path: string, to: string): Promise<void> {
  const text = draw.word(16)
  if (path === '/') await openTopics(lab, 1, text, { to, port: 3000 })
  else await replyAt(lab, path, text, to)
  written.set(path, text)
}

/** New pages are kept again, in both halves, and people sign in. */
async function expectWorks(): Promise<void> {
  const some = unread.splice(0, 20)
  const works = async () => {
    if (!(await areKept(lab, { log, pages: some, servers }))) return false
    const at = { port: 3000, timeoutMs: 3000 }
    const asked = [...servers, ...servers, ...servers].map((to) =>
      lab.signIn('Pi Rixiu', { to, ...at }),
    )
    return (await Promise.all(asked)).every(Boolean)
  }
  const { sentinels } = pairs
  const does = await worksOnceElected(lab, { sentinels, works, ms: going, more })
  const message = say(
    'both servers keep new pages, and people sign in, in both halves',
    '两半里新页面都存得住，登录也都行，两台服务器都是',
  )
  expect(does, message).toBe(true)
}

/** A stall of the machine may make a stranger for a moment, and nobody known. */
async function calledWrongly(
  known: readonly Member[],
  left: readonly Member[],
  isAgain = false,
): Promise<string[]> {
  const asked = [...known, ...left].flatMap((member) => servers.map((to) => ({ member, to })))
  const { all } = await lab.send(
    asked.map(({ member, to }) => ({
      ...as(member.cookie, { path: '/' }),
      ...{ to, port: 3000, timeoutMs: 5000 },
    })),
  )
  const wrong = asked.filter(({ member }, index) => {
    const name = left.includes(member) ? undefined : member.name
    return greetedBy(all[index]!) !== name
  })
  const members = [...new Set(wrong.map(({ member }) => member))]
  const namesOf = (some: readonly Member[]) => some.map(({ name }) => name)
  const strangers = members.filter((one) => known.includes(one))
  if (isAgain || strangers.length === 0) return namesOf(members)
  await pause(moment)
  const greeted = namesOf(members.filter((one) => left.includes(one)))
  return [...greeted, ...(await calledWrongly(strangers, [], true))]
}
