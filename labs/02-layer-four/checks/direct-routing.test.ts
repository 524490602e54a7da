import { beforeAll, expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

const address = '192.0.2.101'
const directors = ['lvs1', 'lvs2']
const servers = ['nginx1', 'nginx2']
const readers = Array.from({ length: 8 }, (_, index) => `192.0.2.${50 + index}`)
/** SYN, ACK, the request, and the FIN: a reader's packets for one question, at the very least. */
const fewest = 4
const there = { to: address, timeoutMs: 1500 }

beforeAll(async () => {
  await lab.wire.settled(address, directors)
  // What an earlier question has taught the client must not answer this one.
  await lab.wire.forgetNeighbours('client')
})

test(say('only a director answers for the address', '只有调度器应答这个地址的 ARP'), async () => {
  const names = await lab.wire.cards('eth0', [...directors, ...servers])
  const macs = await lab.wire.neighbours(address, 'client', 'eth0')
  const who = macs.map((mac) => names.get(mac) ?? mac).sort()
  const holders = await lab.wire.holders(address, directors)
  const message = say(`who answers "who has ${address}?"`, `谁在应答 “${address} 是谁”`)
  expect(who, message).toEqual(holders.slice(0, 1))
})

test(say('both nginx answer there, every reader', '两台 nginx 都在那里响应每个读者'), async () => {
  const answers = await lab.send(readers.map((from) => ({ ...there, path: '/alive', from })))
  expect(answers.failed, say('requests without a good answer', '没有得到正常响应的请求')).toEqual(
    [],
  )
  const message = say('who has answered', '由谁响应')
  expect(Object.keys(answers.by('x-nginx')), message).toEqual(servers)
})

test(
  say('the questions pass the director, the answers do not', '请求经过调度器，响应不经过'),
  async () => {
    const counted = async () => {
      const all = directors.map((one) => lab.wire.counters(one, `${address}:80`))
      return (await Promise.all(all)).reduce(
        (sum, one) => ({ in: sum.in + one.in, out: sum.out + one.out }),
        { in: 0, out: 0 },
      )
    }
    const before = await counted()
    await lab.requests(8, '/alive', there)
    // The kernel adds its counters up every two seconds: until the last question is in them.
    const questions = async () => (await counted()).in - before.in
    await expect
      .poll(questions, {
        message: say('packets from readers to the servers', '读者发给服务器的数据包'),
        timeout: 5000,
        interval: 100,
      })
      .toBeGreaterThanOrEqual(8 * fewest)
    const after = await counted()
    const [inward, outward] = [after.in - before.in, after.out - before.out]
    const told = say(
      `packets that the directors have handled: ${inward} in, ${outward} out`,
      `调度器处理的数据包：进 ${inward} 个，出 ${outward} 个`,
    )
    expect(inward > 0 && outward === 0, told).toBe(true)
  },
)

test(
  say(
    'it stays so when the servers have to ask where their readers are',
    '服务器要先问读者在哪里时，仍是这样',
  ),
  async () => {
    const names = await lab.wire.cards('eth0', [...directors, ...servers])
    const frames = await lab.wire.capture('client', 'eth0', `tcp and host ${address}`, async () => {
      for (const from of readers) {
        // Who asks by ARP says who it is; a server that says 192.0.2.101 is believed from then on.
        await lab.wire.forgetNeighbours(...servers)
        await lab.request('/alive', { ...there, from })
      }
    })
    const ends = (isAnswer: boolean, end: 'from' | 'to') => [
      ...new Set(
        frames
          .filter(({ source }) => source.startsWith(`${address}.`) === isAnswer)
          .map((frame) => names.get(frame[end]) ?? frame[end]),
      ),
    ]
    const astray = ends(false, 'to').filter((name) => !directors.includes(name))
    expect(
      astray,
      say('questions that go past the directors, to', '绕过调度器的请求发给了'),
    ).toEqual([])
    expect(
      ends(true, 'from').sort(),
      say('the frames that answer come from', '载着响应的帧来自'),
    ).toEqual(servers)
  },
)
