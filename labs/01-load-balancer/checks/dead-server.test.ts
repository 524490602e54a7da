import { expect, test } from 'vitest'
import {
  as,
  createDraw,
  drawVisits,
  emptyReply,
  form,
  lab,
  type LabRequest,
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
    const members = await visitsOfMembers()
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
    'the whole machine of the busiest vanishes, and nobody waits over 2 s',
    '最忙的那台整台消失，没有人等超过 2 秒',
  ),
  async () => {
    const members = await visitsOfMembers()
    const server = (await byRequests()).at(-1)!
    await lab.kill(server)
    await judgeWaits(server)
    // A login may lead to a group of servers of its own, which has everything still to learn.
    const answers = await lab.send(members.map(patiently))
    expect(answers.failed, failures(server)).toEqual([])
    const waits = say('waits of members over 2 s, in ms', '登录的人超过 2 秒的等待（毫秒）')
    expect(answers.slowerThan(2000), waits).toEqual([])
  },
)

test(
  say(
    'so does another one; when it is back, it gets requests again',
    '换一台消失也一样；它恢复之后，会重新收到请求',
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

/** Of members whose logins were made by each of the servers: they read, and they write. */
async function visitsOfMembers(): Promise<LabRequest[]> {
  const members = await membersOf(await lab.running(servers), (name) => lab.signIn(name))
  return members.flatMap(({ cookie }) => {
    const topic = draw.one(topics)
    return [{ path: '/whoami' }, { path: topic }, emptyReply(topic)].map((visit) =>
      as(cookie, visit),
    )
  })
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
