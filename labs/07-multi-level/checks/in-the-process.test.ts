import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  as,
  askedOver,
  askRedis,
  beginEmpty,
  cookieOf,
  createDraw,
  form,
  greetedBy,
  inTurn,
  lab,
  lackingOf,
  makeTopics,
  openTopics,
  readPages,
  removeTopics,
  replyBy,
  say,
  sql,
  tellServers,
  untilAsked,
  untilInStep,
} from '#labs/kit'

const servers = ['web1', 'web2'] as const
const bothWays = [servers, ['web2', 'web1']] as const
const groups = ['near1', 'near2', 'near3']
const redis = [...groups, 'redis1', 'copy1']
const usual = { web1: groups, web2: groups }
const draw = createDraw(76)
const [count, scouts] = [400, 45]
/** Readings until it must lie in the process, and those that are judged; so many may go farther. */
const [warmUp, crowd] = [1000, 3000]
const farther = crowd / 20
/** Pages that a process may keep. */
const most = 200
const few = 10
/** Milliseconds until a reply is seen: while messages arrive, and while none does. */
const [soon, atLast] = [100, 2000]
/** So many replies, of which a stall of the machine may make one late, and so late. */
const [replies, stall] = [12, 300]
/** Milliseconds for which each group takes its time to delete. */
const slowly = 120
/** Nothing that was read before is kept in a process after so long. */
const processLife = 2300

let paths: readonly string[] = []
let others: readonly string[] = []
const opened: string[] = []
beforeAll(async () => {
  const all = await makeTopics(lab, count + scouts, draw.word())
  paths = all.slice(0, count)
  others = all.slice(count)
  await tellServers(lab, usual, 'NEAR_URL')
  await beginEmpty(lab, { servers, groups }, 'redis1', others)
}, 60_000)
afterAll(() => removeTopics(lab, [...paths, ...others, ...opened]))

test.each([0, count])(
  say(
    'the hot page is read three thousand times, and the groups hardly hear of it (%i others were read before)',
    '热页面读了三千次，各组几乎没有被问到（在它之前读过 %i 个别的页面）',
  ),
  { timeout: 90_000 },
  async (length) => {
    const hot = draw.one(paths)
    // More than a process may keep: it is full.
    for (const first of servers.keys())
      await readPages(lab, draw.some(length, paths), inTurn(servers, first))
    const read = (times: number) =>
      readPages(
        lab,
        Array.from({ length: times }, () => hot),
        inTurn(servers),
      )
    await read(warmUp)
    const asked = await askedOver(lab, redis, () => read(crowd))
    const message = say(
      `what all Redis were asked, of ${crowd} readings (${JSON.stringify(asked)})`,
      `${crowd} 次读里，问到各个 Redis 的（${JSON.stringify(asked)}）`,
    )
    expect(
      Object.values(asked).reduce((sum, one) => sum + one, 0),
      message,
    ).toBeLessThanOrEqual(farther)
  },
)

test.each(servers)(
  say(`%s keeps ${most} pages at most in its process`, `%s 的进程里最多留 ${most} 个页面`),
  { timeout: 60_000 },
  async (to) => {
    const readAll = () => readPages(lab, paths, () => to)
    await readAll()
    await pause(processLife)
    // All are somewhere by now, and so the second reading is soon after the first.
    await readAll()
    const asked = await askedOver(lab, redis, readAll)
    const sum = Object.values(asked).reduce((total, one) => total + one, 0)
    expect(
      sum,
      say(`what Redis was asked, by ${count} readings`, `${count} 次读，问到 Redis 的次数`),
    ).toBeGreaterThanOrEqual(count - most - few)
  },
)

test.each(bothWays)(
  say(
    `a reply to the hot page is seen on both servers within ${soon} ms: written at %s`,
    `热页面有了回复，${soon} 毫秒之内两台服务器上都看得到：写在 %s`,
  ),
  { timeout: 60_000 },
  async (writer) => {
    const hot = draw.one(paths)
    const cookie = await cookieOf(lab, writer)
    const late: number[] = []
    for (let turn = 0; turn < replies; turn++) {
      await readHot(hot)
      const seen = await replyAndWatch(cookie, hot, writer)
      if (seen > soon) late.push(Math.round(seen))
      if (seen > soon + stall) break
    }
    expectInTime(late, replies)
  },
)

test.each(bothWays)(
  say(
    `a number that was just called no topic is one on both servers within ${soon} ms: opened at %s`,
    `刚刚还说没有这个话题，一发出来，${soon} 毫秒之内两台服务器上都有：发在 %s`,
  ),
  { timeout: 60_000 },
  async (writer, other) => {
    const late: number[] = []
    const open = async (title: string) => {
      const [path = ''] = await openTopics(lab, 1, title, { to: writer, port: 3000 })
      opened.push(path)
      return path
    }
    for (let turn = 0; turn < replies / 2; turn++) {
      const next = 1 + Number((await open(draw.word())).split('/').at(-1))
      // As often as has it kept, whatever it takes to be kept.
      const visits = Array.from({ length: 40 }, (_, at) => ({
        ...{ path: `/topics/${next}`, to: servers[at % 2]!, port: 3000, timeoutMs: 3000 },
      }))
      await lab.send(visits, { concurrency: 8, bodies: false })
      const title = draw.word(16)
      const path = await open(title)
      // First where it was not written: who reads it at the writer takes it to where the other finds it.
      const seen = Math.max(await watch(path, title, [other]), await watch(path, title, [writer]))
      if (seen > soon) late.push(Math.round(seen))
      if (seen > soon + stall) break
    }
    expectInTime(late, replies / 2)
  },
)

test.each(bothWays)(
  say(
    `a reply is seen as soon while the groups take their time to delete: written at %s`,
    `各组删得慢的时候，回复也一样快就看得到：写在 %s`,
  ),
  { timeout: 60_000 },
  async (writer) => {
    const hot = draw.one(paths)
    const cookie = await cookieOf(lab, writer)
    const late: number[] = []
    for (let turn = 0; turn < replies / 2; turn++) {
      await readHot(hot)
      const words = ['CLIENT', 'PAUSE', String(slowly), 'WRITE']
      await Promise.all(groups.map((group) => askRedis(lab, group, ...words)))
      // Who reads meanwhile may be shown the old one, and must not keep it.
      const [seen] = await Promise.all([replyAndWatch(cookie, hot, writer), readHot(hot)])
      if (seen > soon) late.push(Math.round(seen))
      if (seen > soon + stall) break
    }
    expect(
      late.filter((ms) => ms > soon + stall),
      say('milliseconds until a reply was seen', '多少毫秒之后才看到回复'),
    ).toEqual([])
  },
)

test(
  say(
    `redis1 has begun anew, and a reply is seen within ${soon} ms as before`,
    `redis1 重新来过，回复照样 ${soon} 毫秒之内看得到`,
  ),
  { timeout: 90_000 },
  async () => {
    await lab.kill('redis1')
    await lab.start('redis1')
    await untilInStep(lab, [['redis1', 'copy1']], 10_000)
    await untilAsked(lab, { servers, groups }, others)
    const hot = draw.one(paths)
    const late: number[] = []
    for (const writer of [...servers, ...servers]) {
      const cookie = await cookieOf(lab, writer)
      await readHot(hot)
      const seen = await replyAndWatch(cookie, hot, writer)
      if (seen > soon + stall) late.push(Math.round(seen))
    }
    expect(late, say('milliseconds until a reply was seen', '多少毫秒之后才看到回复')).toEqual([])
  },
)

test(
  say(
    `nothing stays in a process for over ${atLast / 1000} s, however often it is read`,
    `不管读得多勤，进程里的也最多留 ${atLast / 1000} 秒`,
  ),
  { timeout: 60_000 },
  async () => {
    const hot = draw.one(paths)
    const id = Number(hot.split('/').at(-1))
    await readHot(hot)
    const text = draw.word(16)
    // Past everybody: in the database, and out of every Redis.
    await sql(
      lab,
      `INSERT INTO replies (topic_id, body, author, created_at) VALUES (${id}, '${text}', 'Lu Yu', NOW(3))`,
    )
    const script = `for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('UNLINK', key) end`
    for (const server of ['redis1', ...groups])
      await askRedis(lab, server, 'EVAL', script, '0', `*topic:${id}*`)
    expect(
      await watch(hot, text),
      say('milliseconds until it was read anew', '多少毫秒之后才重新去读'),
    ).toBeLessThanOrEqual(atLast + stall)
  },
)

test.each(bothWays)(
  say(
    `while messages are lost, a reply is seen within ${atLast / 1000} s: written at %s`,
    `消息丢了的时候，${atLast / 1000} 秒之内也看得到回复：写在 %s`,
  ),
  { timeout: 90_000 },
  async (writer) => {
    const cookie = await cookieOf(lab, writer)
    for (const hot of draw.some(3, paths)) {
      await readHot(hot)
      const kills = killMessengers()
      try {
        // So that nobody is connected who would hear of it, and what was read is fresh once more.
        await pause(200)
        await readHot(hot)
        const seen = await replyAndWatch(cookie, hot, writer)
        expect(
          seen,
          say('milliseconds until a reply was seen', '多少毫秒之后才看到回复'),
        ).toBeLessThanOrEqual(atLast + stall)
      } finally {
        await kills
      }
    }
  },
)

test(
  say(
    'whose page it is, no process keeps: everybody is called by name, and who leaves has left at once',
    '页面是谁的，进程里不留：叫得出每个人的名字；谁退出，立刻就不认得了',
  ),
  { timeout: 60_000 },
  async () => {
    const hot = draw.one(paths)
    const names = Array.from({ length: 6 }, () => `Guest ${draw.word()}`)
    const members: { readonly name: string; readonly cookie: string }[] = []
    for (const [index, name] of names.entries())
      members.push({ name, cookie: await cookieOf(lab, servers[index % 2]!, name) })
    const guests = Array.from({ length: 80 }, () => draw.one([...members, undefined]))
    const visits = guests.map((guest, index) => {
      const visit = { path: hot, to: servers[index % 2]!, port: 3000, timeoutMs: 5000 }
      return guest ? as(guest.cookie, visit) : visit
    })
    const { all } = await lab.send(visits, { concurrency: 16 })
    const called = say('called by which name', '叫的是谁')
    expect(all.map(greetedBy), called).toEqual(guests.map((guest) => guest?.name))

    for (const [index, { name, cookie }] of members.entries()) {
      const leave = { path: '/signout', method: 'POST', headers: form, body: '' }
      await lab.request('/signout', { ...as(cookie, leave), to: servers[index % 2]!, port: 3000 })
      for (const to of servers) {
        const answer = await lab.request(hot, { ...as(cookie, { path: hot }), to, port: 3000 })
        expect(greetedBy(answer), say(`${name} has left, at ${to}`, `${name} 已退出，${to}`)).toBe(
          undefined,
        )
      }
    }
  },
)

/** None came very late, and one at most for a stall of the machine. */
function expectInTime(late: readonly number[], many: number): void {
  expect(
    late.filter((ms) => ms > soon + stall),
    say('milliseconds until it was seen', '多少毫秒之后才看到'),
  ).toEqual([])
  expect(
    late.length,
    say(`of ${many}, those that were seen later`, `${many} 次里看到得晚的`),
  ).toBeLessThanOrEqual(1)
}

/** Both processes have it, whatever makes a page hot. */
const readHot = (hot: string) =>
  readPages(
    lab,
    Array.from({ length: 400 }, () => hot),
    inTurn(servers),
  )

/** Milliseconds until both servers show a reply to it, once it was answered. */
async function replyAndWatch(cookie: string, path: string, to: string): Promise<number> {
  const text = draw.word(16)
  const { status } = await replyBy(lab, cookie, path, text, to)
  expect(status, say(`a reply at ${to}`, `在 ${to} 上回复`)).toBe(303)
  return watch(path, text)
}

async function watch(path: string, text: string, to: readonly string[] = servers): Promise<number> {
  const from = performance.now()
  for (;;) {
    const asked = performance.now() - from
    const lacking = await lackingOf(lab, new Map([[path, text]]), to, 1)
    if (lacking.length === 0 || asked > 10_000) return asked
    await pause(5)
  }
}

/** Ends every connection for messages as soon as there is one, at each Redis, for five seconds. */
async function killMessengers(): Promise<void> {
  const again = ['redis-cli', '-r', '2500', '-i', '0.002', 'CLIENT', 'KILL', 'TYPE', 'pubsub']
  await Promise.all(redis.map((server) => lab.exec(server, again)))
}
