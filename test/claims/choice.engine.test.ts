import { expect } from 'vitest'
import { nginx } from './balancer.ts'
import type { Answer } from './crew/orders.ts'
import { openStage } from './stage.ts'
import { servedBy, tally } from './tally.ts'

const conf = new URL('./nginx/choice.conf', import.meta.url)
const stage = openStage(import.meta.url, nginx(conf), ['web1', 'web2', 'web3'])
const { claim } = stage

claim(
  'round-robin-even',
  'without any method, requests go round the servers in turn',
  async ({ figure }) => {
    const answers = await stage.balancer.askTimes(60, { port: 8001, path: '/' })
    const counts = tally(answers)
    expect(counts).toEqual({ web1: 20, web2: 20, web3: 20 })
    const split = Object.values(counts).join(' / ')
    figure({ en: `60 requests to 3 servers: ${split}`, zh: `60 个请求分给 3 台服务器：${split}` })
  },
)

claim(
  'smooth-weights-interleave',
  'a weight of 5 is spread over the round, not served in a row',
  async ({ figure }) => {
    const answers = await stage.balancer.askTimes(14, { port: 8002, path: '/' })
    const letters = answers.map((answer) => ({ web1: 'a', web2: 'b', web3: 'c' })[servedBy(answer)])
    const order = letters.slice(0, 7).join(' ')
    expect(order).toBe('a a b a c a a')
    expect(letters.slice(7)).toEqual(letters.slice(0, 7))
    figure({ en: `weights 5, 1, 1: ${order}`, zh: `权重 5、1、1：${order}` })
  },
)

/** Which server each client is given, asked twice. */
async function homes(clients: readonly string[]): Promise<readonly string[]> {
  const requests = clients.map((from) => ({ port: 8003, path: '/', from }))
  const [first, second] = [
    await stage.balancer.askAll(requests),
    await stage.balancer.askAll(requests),
  ]
  expect(second.map(servedBy)).toEqual(first.map(servedBy))
  return first.map(servedBy)
}

claim(
  'ip-hash-same-client-same-server',
  'with ip_hash a client comes back to the server it had',
  async ({ figure }) => {
    const client = { port: 8003, path: '/', from: '127.8.15.47' }
    const visits = tally(await stage.balancer.askTimes(20, client))
    expect(Object.values(visits)).toEqual([20])
    // Other clients do get other servers.
    const others = Array.from({ length: 30 }, (_, network) => `127.8.${network}.47`)
    expect(new Set(await homes(others)).size).toBe(3)
    const [server] = Object.keys(visits)
    figure({
      en: `20 of 20 requests from ${client.from} went to ${server}`,
      zh: `来自 ${client.from} 的 20 个请求，20 个都到了 ${server}`,
    })
  },
)

claim(
  'ip-hash-one-network-one-server',
  'ip_hash looks at the first three octets: one network, one server',
  async ({ figure }) => {
    const neighbours = Array.from({ length: 100 }, (_, host) => `127.20.30.${host + 1}`)
    const servers = new Set(await homes(neighbours))
    expect(servers.size).toBe(1)
    figure({
      en: `100 clients of one /24 network: all 100 went to ${[...servers].join()}`,
      zh: `同一个 /24 网段的 100 个客户端：100 个全都到了 ${[...servers].join()}`,
    })
  },
)

claim(
  'least-conn-avoids-the-slow',
  'least_conn gives a slow server fewer requests, taking turns does not',
  async ({ figure }) => {
    const path = '/slow?on=web1&ms=250'
    const slowShare = (answers: readonly Answer[]) => tally(answers).web1 ?? 0
    const inTurn = slowShare(await stage.balancer.askTimes(40, { port: 8005, path }, { atOnce: 4 }))
    const leastConn = slowShare(
      await stage.balancer.askTimes(40, { port: 8004, path }, { atOnce: 4 }),
    )
    expect(inTurn).toBe(20)
    expect(leastConn).toBeLessThanOrEqual(10)
    figure({
      en: `of 40 requests the slow server got ${leastConn} with least_conn, ${inTurn} in turn`,
      zh: `40 个请求中，慢服务器用 least_conn 分到 ${leastConn} 个，轮询分到 ${inTurn} 个`,
    })
  },
)
