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
const [going, coming, paid] = [6500, 20_000, 5000]

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
  { timeout: 150_000 },
  async (how, gone, heir) => {
    const [stays, leaves] = [await members(4), await members(4)]
    const written = new Map<string, string>()

    await lab[how](gone)
    // In the very seconds in which it goes: seen late perhaps, and seen.
    for (const [index, path] of draw.some(6, kept).entries()) {
      const text = draw.word(16)
      await replyOf(stays[index % stays.length]!, path, text, servers[index % 2]!)
      written.set(path, text)
    }
    await expectWorks(going)
    const isSeen = () => lackingOf(lab, written, servers)
    await expect
      .poll(isSeen, { timeout: paid, interval: 200, message: lackingReplies() })
      .toEqual([])

    // Meanwhile there is a new topic, there are replies, and people leave.
    for (const [index, path] of ['/', ...draw.some(6, kept)].entries())
      await writeTo(written, path, servers[index % 2]!)
    for (const [index, { cookie }] of leaves.entries()) {
      const leave = { path: '/signout', method: 'POST', headers: form, body: '' }
      await lab.request('/signout', { ...as(cookie, leave), to: servers[index % 2]!, port: 3000 })
    }

    await lab.start(gone)
    const [lacking, wrong]: [string[], string[]] = [[], []]
    const late: Member[] = []
    const look = async () => {
      lacking.push(...(await lackingOf(lab, written, servers, 1)))
      wrong.push(...(await calledWrongly([...stays, ...late], leaves)))
    }
    const isBack = async () => {
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

    await lab.kill(heir)
    await expectWorks(going)
    await look()
    // From its first moment on: one old page was too many.
    expect([...new Set(lacking)], lackingReplies()).toEqual([])
    const people = say(
      'who is called by a name that is not theirs any more, or not called',
      '名字叫错、或者认不得的人',
    )
    expect([...new Set(wrong)], people).toEqual([])
    const old = kept.filter((path) => !written.has(path))
    const loads = await loadsDuring(lab, log, old, () =>
      readPages(lab, old, inTurn(servers, 1), 5000),
    )
    expect(
      loads.length,
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

async function replyOf(member: Member, path: string, text: string, to: string): Promise<void> {
  const reply = { path: `${path}/replies`, method: 'POST', headers: form, body: `body=${text}` }
  const send = () =>
    lab.request(reply.path, { ...as(member.cookie, reply), ...{ to, port: 3000, timeoutMs: 8000 } })
  const first = await send()
  // Who is asked at the very moment in which somebody goes may be taken for a stranger, once.
  const { status } = first.status === 401 ? await send() : first
  expect(status, say(`a reply at ${to}`, `在 ${to} 上回复`)).toBe(303)
}

async function writeTo(written: Map<string, string>, path: string, to: string): Promise<void> {
  const text = draw.word(16)
  if (path === '/') await openTopics(lab, 1, text, { to, port: 3000 })
  else await replyAt(lab, path, text, to)
  written.set(path, text)
}

/** New pages are kept again, in both halves, and people sign in. */
async function expectWorks(timeout: number): Promise<void> {
  const some = unread.splice(0, 20)
  const works = async () => {
    if (!(await areKept(lab, { log, pages: some, servers }))) return false
    const at = { port: 3000, timeoutMs: 3000 }
    const asked = [...servers, ...servers, ...servers].map((to) =>
      lab.signIn('Pi Rixiu', { to, ...at }),
    )
    return (await Promise.all(asked)).every(Boolean)
  }
  const message = say(
    'both servers keep new pages, and people sign in, in both halves',
    '两半里新页面都存得住，登录也都行，两台服务器都是',
  )
  await expect.poll(works, { timeout, interval: 100, message }).toBe(true)
}

/** A stall of the machine is asked about twice. */
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
  const members = new Set(wrong.map(({ member }) => member))
  if (isAgain || members.size === 0) return [...members].map(({ name }) => name)
  return calledWrongly(
    known.filter((one) => members.has(one)),
    left.filter((one) => members.has(one)),
    true,
  )
}
