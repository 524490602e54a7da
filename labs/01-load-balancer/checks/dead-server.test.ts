import { expect, test } from 'vitest'
import {
  type Answers,
  as,
  createDraw,
  drawVisits,
  emptyReply,
  form,
  lab,
  type LabRequest,
  type Member,
  membersOf,
  say,
  topics,
} from '#labs/kit'

const servers = ['web1', 'web2', 'web3']
const draw = createDraw(12)
const patient = { timeoutMs: 3000 }
const signIn = { path: '/signin', method: 'POST', headers: form, body: 'name=Lu+Yu' }

const failures = (server: string) =>
  say(
    `requests without a good answer, ${server} being dead`,
    `${server} 死了，没有得到正常响应的请求`,
  )

test(
  say(
    'whichever server closes its port, nobody notices: no stranger, no member, no writer',
    '不管哪台服务器关闭端口，陌生人、登录的人、发帖的人都毫无察觉',
  ),
  async () => {
    const members = (await someMembers()).flatMap(visitsOf)
    for (const server of await lab.running(servers)) {
      await lab.refuse(server)
      const visits = [...strangers(), ...members, signIn, signIn].map(patiently)
      const { failed } = await lab.send(visits)
      expect(failed, failures(server)).toEqual([])
      await lab.restore()
    }
  },
)

test(
  say(
    'a whole machine vanishes, the busiest or another one, and nobody waits over 2 s',
    '整台机器消失，不管是最忙的还是另一台，没有人等超过 2 秒',
  ),
  async () => {
    const members = await someMembers()
    // The one with the least to do has its turn in the next test.
    const all = await byRequests()
    for (const server of (all.length > 1 ? all.slice(1) : all).reverse()) {
      await lab.kill(server)
      await judgeWaits(server)
      await judgeWaitsOf(members, server)
      await lab.restore()
    }
  },
)

test(
  say(
    'so does the one with the least to do; when it is back, it gets requests again',
    '最闲的那台消失也一样；它恢复之后，会重新收到请求',
  ),
  async () => {
    const server = (await byRequests())[0]!
    await lab.kill(server)
    await judgeWaits(server)
    await lab.start(server)
    const share = async () => (await counted(10))[server] ?? 0
    // nginx tries it again after fail_timeout: 10 s by default, 30 s in many a handbook.
    const message = say(`${server} answers again within 40 s`, `40 秒内 ${server} 重新响应`)
    await expect.poll(share, { timeout: 40_000, interval: 500, message }).toBeGreaterThan(0)
  },
)

const patiently = (visit: LabRequest): LabRequest => ({ ...visit, ...patient })
const strangers = () => [...drawVisits(draw), ...drawVisits(draw)]

/** Members whose logins were made by each of the servers. */
async function someMembers(): Promise<Member[]> {
  const members = await membersOf(await lab.running(servers), (name) => lab.signIn(name))
  expect(members.length, say('people who could sign in', '能登录的人数')).toBeGreaterThan(0)
  return members
}

/** They read, and they write. */
function visitsOf({ cookie }: Member): LabRequest[] {
  const topic = draw.one(topics)
  return [{ path: '/whoami' }, { path: topic }, emptyReply(topic)].map((visit) => as(cookie, visit))
}

/** A login may lead to a group of servers of its own, which has everything still to learn. */
async function judgeWaitsOf(members: readonly Member[], server: string): Promise<void> {
  const judge = (answers: Answers, ms = 2000) => {
    expect(answers.failed, failures(server)).toEqual([])
    const waits = say('waits of members over 2 s, in ms', '登录的人超过 2 秒的等待（毫秒）')
    expect(answers.slowerThan(ms), waits).toEqual([])
  }
  judge(await lab.send(members.flatMap(visitsOf).map(patiently)))
  const own = members.filter((one) => one.server === server)
  const { cookie } = own[0] ?? members[0]!
  // So many at once that every worker of nginx hears of it; each may have to learn it by itself.
  const crowd = Array.from({ length: 40 }, () => patiently(as(cookie, { path: '/whoami' })))
  // They share one processor or two, and all have waited for nginx to learn of it.
  judge(await lab.send(crowd, { concurrency: crowd.length }), 2500)
  // A stall of the machine spoils one round of four, and so does luck: an address that nobody answers
  // for is refused at once, every three seconds or so (ARP).
  const slowInRound: number[] = []
  for (let round = 0; round < 4; round++) {
    const answers = await lab.send(crowd, { concurrency: crowd.length })
    judge(answers)
    slowInRound.push(answers.slowerThan(500).length)
  }
  const slow = slowInRound.sort((a, b) => b - a)[1]!
  const still = say(
    `of ${crowd.length} pages for a member of ${server} once nginx has learnt of it, those that take over 0.5 s`,
    `nginx 得知之后，给 ${server} 的一位登录者的 ${crowd.length} 个页面里，仍超过 0.5 秒的`,
  )
  expect(slow, still).toBeLessThanOrEqual(10)
}

async function judgeWaits(server: string): Promise<void> {
  const visits = () => strangers().map(patiently)
  const waits = say('waits over 2 s, in ms', '超过 2 秒的等待（毫秒）')
  // A few first: if all of them waited in vain, that would take a minute.
  for (const part of [visits().slice(0, 4), [...visits(), ...visits()]]) {
    const answers = await lab.send(part)
    expect(answers.failed, failures(server)).toEqual([])
    expect(answers.slowerThan(2000), waits).toEqual([])
  }
  const later = await lab.send(visits())
  const still = say(
    `of ${later.all.length} requests once nginx has learnt of it, those that wait over 0.5 s`,
    `nginx 得知之后的 ${later.all.length} 个请求里，等待仍超过 0.5 秒的`,
  )
  // It may try the dead one anew when its fail_timeout is over: one request pays for that.
  expect(later.slowerThan(500).length, still).toBeLessThanOrEqual(2)
}

/** The servers that answer, the busiest last. */
async function byRequests(): Promise<string[]> {
  const shares = Object.entries(await counted(20)).sort(([, a], [, b]) => a - b)
  expect(shares.length, say('servers that answer at all', '有响应的服务器')).toBeGreaterThan(0)
  return shares.map(([server]) => server)
}

const counted = async (count: number) => (await lab.requests(count, '/whoami', patient)).servedBy()
