import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  as,
  askRedis,
  beginEmpty,
  cookieOf,
  createDraw,
  emptyRedis,
  expectSeen,
  form,
  inTurn,
  lab,
  lackingOf,
  lackingReplies,
  lengthen,
  makeTopics,
  openTopics,
  readPages,
  removeTopics,
  replyAt,
  replyBy,
  say,
  tellServers,
  untilAsked,
  whileHolding,
} from '#labs/kit'

const readOfReplies = 'replies r'
const line = { server: 'line', control: 8000, ports: { web1: 3301, web2: 3302 } }
const servers = ['web1', 'web2'] as const
const bothWays = [servers, ['web2', 'web1']] as const
const groups = ['near1', 'near2', 'near3']
const usual = { web1: groups, web2: groups }
const draw = createDraw(75)
/** The one group of the tests in which whoever reads has to meet what was filled in. */
const only = draw.one(groups)
const [count, large, scouts] = [24, 8, 630]
const [handful, crowd] = [45, 16]
/** So often a group that one server alone cannot tell is drawn by the other, or not. */
const turnsAlone = 10
/** Readings at each server, and milliseconds between them, until nearly all groups have a page. */
const [rounds, processLife] = [3, 2300]
/** Milliseconds for a write while a group cannot be told; and what a stall of the machine may cost. */
const [bar, stall] = [500, 250]
/** Milliseconds that a reader looks on when a group is back; between two pages, so that all take over 2 s. */
const [coming, between] = [6500, 90]
/** Milliseconds for which the main level takes its time to delete: up to a second, from the first write on. */
const slowly = 1020

/**
 * Who is frozen hears afterwards what it was told, and who was killed is empty: cut off is the worst. The
 * master may begin anew meanwhile, and remember nothing of what was noted there. A single write has to find
 * out all by itself who cannot be told: there is none after it that would.
 */
const ways = draw.some(4, [
  { how: 'cut', many: 1, writes: count, isMasterNew: true },
  { how: 'cut', many: 2, writes: 1, isMasterNew: false },
  { how: 'pause', many: 3, writes: count, isMasterNew: false },
  { how: 'kill', many: 1, writes: count, isMasterNew: false },
] as const)
const turns = ways.map((way) => {
  const gone = draw.some(way.many, groups)
  const anew = say('; redis1 begins anew meanwhile', '；这期间 redis1 也重新来过')
  return { ...way, gone, what: gone.join(), anew: way.isMasterNew ? anew : '' }
})
const everyGroupIsAsked = say('both servers ask every group', '两台服务器都去问每一组')

let paths: readonly string[] = []
let longOnes: readonly string[] = []
let others: readonly string[] = []
let turn = 0
const unread = (length = handful) => Array.from({ length }, () => others[turn++ % others.length]!)

beforeAll(async () => {
  const all = await makeTopics(lab, count + large + scouts, draw.word())
  paths = all.slice(0, count)
  longOnes = all.slice(count, count + large)
  others = all.slice(count + large)
  await lengthen(lab, longOnes, 99)
})
afterAll(async () => {
  await removeTopics(lab, [...paths, ...longOnes, ...others])
  await tellServers(lab, usual, 'NEAR_URL')
})

test(
  say(
    'a reply is seen at once on both servers, on its topic and on the front page, whichever group one meets',
    '有了回复，两台服务器上立刻看得到，话题页和首页都是，不管问到哪一组',
  ),
  { timeout: 90_000 },
  async () => {
    await begin(groups)
    await fillAllGroups()
    for (const [index, path] of ['/', ...paths].entries()) {
      const written = await write(path, servers[index % 2]!)
      // One reading a server: a second one would find what its process keeps.
      await expectSeen(lab, written, servers, 1)
    }
  },
)

test(
  say(
    'a number that was no topic is one as soon as it is written, on both servers',
    '原来没有的编号，一写下就是话题，两台服务器上都是',
  ),
  { timeout: 90_000 },
  async () => {
    await begin(groups)
    for (const writer of [...servers, ...servers]) {
      const [last = ''] = await openTopics(lab, 1, draw.word(), { to: writer, port: 3000 })
      const next = `/topics/${Number(last.split('/').at(-1)) + 1}`
      const statusAt = async (path: string, to: string) =>
        (await lab.request(path, { to, port: 3000, timeoutMs: 3000 })).status
      for (const to of [...servers, ...servers, ...servers])
        expect(await statusAt(next, to), say(`${next} at ${to}`, `${to} 上的 ${next}`)).toBe(404)
      // Nobody has a note of it any more that had an end of its own, as a process may have.
      await pause(processLife)
      const made = (await openTopics(lab, 1, draw.word(), { to: writer, port: 3000 }))[0] ?? ''
      for (const to of servers)
        expect(await statusAt(made, to), say(`${made} at ${to}`, `${to} 上的 ${made}`)).toBe(200)
    }
  },
)

test(
  say(
    'while the main level takes its time to delete, nobody brings the old page back from there',
    '主缓存删得慢的时候，谁也没有把旧页面从那里带回来',
  ),
  { timeout: 90_000 },
  async () => {
    await begin([only])
    const some = draw.some(8, paths)
    for (const [writer, reader] of bothWays) {
      await readPages(lab, some, () => writer)
      await pause(processLife)
      const cookie = await cookieOf(lab, writer)
      const written = new Map(some.map((path) => [path, draw.word(16)]))
      // Who reads is answered meanwhile.
      await askRedis(lab, 'redis1', 'CLIENT', 'PAUSE', String(slowly), 'WRITE')
      let isWritten = false
      const writing = async () => {
        const all = [...written].map(([path, text]) => replyBy(lab, cookie, path, text, writer))
        expectWritten(await Promise.all(all).finally(() => (isWritten = true)))
      }
      // All the time, and once more when it is written: as long as the old page is there, it is found.
      const reading = async () => {
        await pause(slowly / 4)
        while (!isWritten) await readPages(lab, some, () => reader, 5000)
        await readPages(lab, some, () => reader, 5000)
      }
      await Promise.all([writing(), reading()])
      // Who has read meanwhile may keep that for a moment, in the process.
      await pause(processLife)
      await expectSeen(lab, written, servers, 1)
    }
  },
)

test.each(bothWays)(
  say(
    'who has read the old page at the main level fills it into no group: reader at %s',
    '在主缓存读到旧页面的人，没有把它填进哪一组：读者在 %s',
  ),
  { timeout: 120_000 },
  async (reader, writer) => {
    // So long that it takes a while from reading one to filling it in.
    const some = longOnes
    await begin([only])
    const cookie = await cookieOf(lab, writer)
    for (let round = 0; round < 4; round++) {
      await readPages(lab, some, () => writer)
      await emptyRedis(lab, [only])
      await pause(processLife)
      const written = new Map(some.map((path) => [path, draw.word(16)]))
      const reading = readPages(lab, some, () => reader)
      const writing = [...written].map(([path, text]) => replyBy(lab, cookie, path, text, writer))
      const [answers] = await Promise.all([Promise.all(writing), reading])
      expectWritten(answers)
      await pause(processLife)
      await expectSeen(lab, written, servers, 1)
    }
  },
)

test.each(bothWays)(
  say(
    'who has read the old page in the database fills it in nowhere: reader at %s',
    '在数据库读到旧页面的人，哪里也没有回填：读者在 %s',
  ),
  { timeout: 90_000 },
  async (reader, writer) => {
    await begin([only])
    await lab.request('/topics/1', { to: reader, port: 3000 })
    const cookie = await cookieOf(lab, writer)
    const hold = { what: 'answer', words: readOfReplies, of: [reader] } as const
    for (const path of unread(4)) {
      const text = draw.word(16)
      await whileHolding(lab, line, hold, async (held) => {
        const slow = lab.request(path, { to: reader, port: 3000, timeoutMs: 5000 })
        await held.until(2)
        expectWritten([await replyBy(lab, cookie, path, text, writer)])
        await held.release(reader)
        expect((await slow).status, say('the slow reader', '手慢的读者')).toBe(200)
      })
      await expectSeen(lab, new Map([[path, text]]), servers)
    }
  },
)

test.each(bothWays)(
  say(
    'a slow reader fills nothing in by the leave that was given to another: slow at %s',
    '慢读者不能拿别人的许可去填：慢的在 %s',
  ),
  { timeout: 90_000 },
  async (slow, other) => {
    await begin([only])
    const cookie = await cookieOf(lab, other)
    const hold = { what: 'answer', words: readOfReplies, of: servers } as const
    const readAt = (path: string, to: string) =>
      lab.request(path, { to, port: 3000, timeoutMs: 5000 })
    for (const path of unread(3)) {
      const text = draw.word(16)
      await whileHolding(lab, line, hold, async (held) => {
        const old = readAt(path, slow)
        const one = await held.until(2)
        expectWritten([await replyBy(lab, cookie, path, text, other)])
        // Whoever asks now has a leave of their own, and is still under way when the slow one goes on.
        const fresh = readAt(path, other)
        await held.until(one * 2)
        await held.release(slow)
        await pause(150)
        await held.release(other)
        await old
        expect(
          (await fresh).body,
          say('who began after the reply', '回复之后才开始读的人'),
        ).toContain(text)
      })
      await pause(processLife)
      await expectSeen(lab, new Map([[path, text]]), servers, 1)
    }
  },
)

test.each(turns)(
  say(
    '$what cannot be told of a write ($how), and is back at once: nobody sees the old there$anew',
    '有人写的时候 $what 听不到（$how），马上又回来：谁也没有在那里看到旧的$anew',
  ),
  { timeout: 120_000 },
  async ({ gone, how, writes, isMasterNew }) => {
    // The master's first life of three: what counts from one in each must not take the same number for the same.
    await begin(groups)
    await fillAllGroups()
    const cookies = new Map<string, string>()
    for (const to of servers) cookies.set(to, await cookieOf(lab, to))
    const written = new Map(draw.some(writes, paths).map((path) => [path, draw.word(16)]))

    await Promise.all(gone.map((group) => lab[how](group)))
    const late: number[] = []
    for (const [index, [path, text]] of [...written].entries()) {
      const to = servers[index % 2]!
      const answer = await replyBy(lab, cookies.get(to)!, path, text, to)
      expectWritten([answer])
      if (answer.ms > bar + stall) late.push(Math.round(answer.ms))
    }
    // As after a long time: it has given up on whom it does not hear, and what is still on its way is lost.
    if (how === 'cut')
      await Promise.all(
        gone.map((group) => askRedis(lab, group, 'CLIENT', 'KILL', 'TYPE', 'normal')),
      )
    if (isMasterNew) await beginMasterAnew()
    await Promise.all(gone.map((group) => lab.start(group)))
    const lacking: string[] = []
    // One after the other, so slowly that no process has any of them when its turn comes again.
    const look = async () => {
      for (const one of written) {
        lacking.push(...(await lackingOf(lab, new Map([one]), servers, 1)))
        await pause(between)
      }
    }
    if (isMasterNew) {
      await look()
      await expectAsked(groups)
      await beginMasterAnew()
    }
    for (const until = performance.now() + coming; performance.now() < until;) await look()
    await expectAsked(groups)
    await look()
    // From its first moment on: one old page was too many.
    expect([...new Set(lacking)], lackingReplies()).toEqual([])
    expect(late, say(`writes that took over ${bar} ms`, `超过 ${bar} 毫秒的写入`)).toEqual([])
  },
)

test(
  say(
    'a group that one of the servers alone cannot tell shows nothing old at the other',
    '只有一台服务器通知不到的组，在另一台上也没有旧的给人看',
  ),
  { timeout: 120_000 },
  async () => {
    await begin(groups)
    const [writer, reader] = ['web2', 'web1'] as const
    const cookie = await cookieOf(lab, writer)
    const read = (path: string) => ({ path, to: reader, port: 3000, timeoutMs: 3000 })
    const [lacking, late]: [string[], number[]] = [[], []]
    // Not noticed yet at the first, long known at the others.
    for (const [index, path] of draw.some(turnsAlone, paths).entries()) {
      // So many at once that each group is met, and has the page then.
      await lab.send(
        Array.from({ length: crowd }, () => read(path)),
        { concurrency: crowd },
      )
      await pause(processLife)
      // web2 reaches the groups by cables of its own.
      if (index === 0) await lab.split(draw.one(groups))
      const text = draw.word(16)
      const reply = { path: `${path}/replies`, method: 'POST', headers: form, body: `body=${text}` }
      const writing = { ...as(cookie, reply), to: writer, port: 3000, timeoutMs: 5000 }
      // One after the other, by the same client: no time goes by between the answer and the reading.
      const { all } = await lab.send([writing, read(path)], { concurrency: 1 })
      const [answer, seen] = [all[0]!, all[1]!]
      expectWritten([answer])
      if (answer.ms > bar + stall) late.push(Math.round(answer.ms))
      if (!seen.body.includes(text)) lacking.push(`${path} ${reader}`)
    }
    expect(lacking, lackingReplies()).toEqual([])
    expect(late, say(`writes that took over ${bar} ms`, `超过 ${bar} 毫秒的写入`)).toEqual([])
  },
)

test(
  say(
    'a group that nobody was told of for a while has nothing old when it is on the lists again',
    '有一阵子不在名单上的组，重新上了名单，也没有旧的',
  ),
  { timeout: 120_000 },
  async () => {
    await begin(groups)
    await fillAllGroups()
    const left = draw.some(2, groups)
    await tellServers(lab, { web1: left, web2: left }, 'NEAR_URL')
    await expectAsked(left)
    const written = new Map<string, string>()
    for (const [index, path] of draw.some(12, paths).entries())
      for (const [name, text] of await write(path, servers[index % 2]!)) written.set(name, text)
    await tellServers(lab, usual, 'NEAR_URL')
    await expectAsked(groups)
    for (let round = 0; round < 3; round++) {
      await expectSeen(lab, written, servers, 1)
      await pause(processLife)
    }
  },
)

/** Every group has all of them, and no process has any. */
async function fillAllGroups(): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    for (const first of servers.keys())
      await readPages(lab, ['/', ...paths], inTurn(servers, first))
    await pause(processLife)
  }
}

/** It comes back empty, and remembers nothing. */
async function beginMasterAnew(): Promise<void> {
  await lab.kill('redis1')
  await lab.start('redis1')
}

/** All that was kept is gone, and both servers ask every group of this row. */
async function begin(row: readonly string[]): Promise<void> {
  await tellServers(lab, { web1: row, web2: row }, 'NEAR_URL')
  const isAsked = await beginEmpty(lab, { servers, groups: row }, 'redis1', unread())
  expect(isAsked, everyGroupIsAsked).toBe(true)
}

async function expectAsked(row: readonly string[]): Promise<void> {
  const isAsked = await untilAsked(lab, { servers, groups: row }, unread())
  expect(isAsked, everyGroupIsAsked).toBe(true)
}

async function write(path: string, to: string): Promise<ReadonlyMap<string, string>> {
  const text = draw.word(16)
  if (path === '/') await openTopics(lab, 1, text, { to, port: 3000 })
  else await replyAt(lab, path, text, to)
  return new Map([[path, text]])
}

function expectWritten(answers: readonly { readonly status: number }[]): void {
  const statuses = new Set(answers.map(({ status }) => status))
  expect([...statuses], say('answers to replies', '回复得到的响应')).toEqual([303])
}
