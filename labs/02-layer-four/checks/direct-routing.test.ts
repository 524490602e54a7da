import { beforeAll, expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

const address = '192.0.2.101'
const directors = ['lvs1', 'lvs2']
const servers = ['nginx1', 'nginx2']
const there = { to: address, timeoutMs: 1500 }

beforeAll(async () => {
  await lab.wire.settled(address, directors)
  // What an earlier question has taught the client must not answer this one.
  await lab.exec('client', ['ip', 'neigh', 'flush', 'all'])
})

test(say('only a director answers for the address', '只有调度器应答这个地址的 ARP'), async () => {
  const names = await lab.wire.cards('eth0', [...directors, ...servers])
  const macs = await lab.wire.neighbours(address, 'client', 'eth0')
  const who = macs.map((mac) => names.get(mac) ?? mac).sort()
  const holders = await lab.wire.holders(address, directors)
  const message = say(`who answers "who has ${address}?"`, `谁在回答 “${address} 是谁”`)
  expect(who, message).toEqual(holders.slice(0, 1))
})

test(say('both nginx answer there', '两台 nginx 都在那里回答'), async () => {
  const answers = await lab.requests(8, '/alive', there)
  expect(answers.failed, say('requests without a good answer', '没有得到正常回答的请求')).toEqual(
    [],
  )
  const message = say('who has answered', '谁回答了')
  expect(Object.keys(answers.by('x-nginx')), message).toEqual(servers)
})

test(
  say('the questions pass the director, the answers do not', '请求经过调度器，回答不经过'),
  async () => {
    const count = async () => Promise.all(directors.map((one) => lab.wire.counters(one)))
    const total = (all: readonly { in: number; out: number }[], way: 'in' | 'out') =>
      all.reduce((sum, one) => sum + one[way], 0)
    const before = await count()
    await lab.requests(8, '/alive', there)
    const after = await count()
    const [inward, outward] = [
      total(after, 'in') - total(before, 'in'),
      total(after, 'out') - total(before, 'out'),
    ]
    const told = say(
      `packets that the directors have handled: ${inward} in, ${outward} out`,
      `调度器处理的数据包：进 ${inward} 个，出 ${outward} 个`,
    )
    expect(inward > 0 && outward === 0, told).toBe(true)
  },
)

test(
  say("the frames that answer carry the servers' own MACs", '回答的帧带着服务器自己的 MAC'),
  async () => {
    const names = await lab.wire.cards('eth0', [...directors, ...servers])
    const frames = await lab.wire.capture('client', 'eth0', `tcp and host ${address}`, async () => {
      await lab.requests(8, '/alive', there)
    })
    const senders = (isAnswer: boolean, end: 'from' | 'to') => [
      ...new Set(
        frames
          .filter(({ source }) => source.startsWith(`${address}.`) === isAnswer)
          .map((frame) => names.get(frame[end]) ?? frame[end]),
      ),
    ]
    const holders = await lab.wire.holders(address, directors)
    expect(senders(false, 'to'), say('questions go to', '请求发给')).toEqual(holders.slice(0, 1))
    expect(senders(true, 'from').sort(), say('answers come from', '回答来自')).toEqual(servers)
  },
)
