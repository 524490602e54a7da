import { expect } from 'vitest'
import { client, vip } from './lvs/topology.ts'
import { openRack, type Rack } from './rack.ts'
import { failed, tally } from './tally.ts'

/** NAT as in lvs/nat.sh: the director is the servers' gateway. */
async function nat(rack: Rack): Promise<void> {
  await rack.run('lvs1', `ip address replace ${vip}/32 dev eth0; ipvsadm -C; sh /app/nat.sh`)
  for (const server of ['nginx1', 'nginx2'])
    await rack.run(server, 'ip route replace default via 192.0.2.2')
}

const stage = openRack(import.meta.url, nat)
const { claim } = stage

const servers = (port: number, options: readonly string[]) =>
  options.map((option, i) => `-a -t ${vip}:80 -r 192.0.2.1${i + 1}:${port} ${option}`).join('\n')
const table = (service: string, ...options: readonly string[]) =>
  stage.rack.table('lvs1', `-A -t ${vip}:80 ${service}\n${servers(8080, options)}`)

claim(
  'one-address-takes-turns',
  'twelve connections to one address reach two servers, six each',
  async ({ figure }) => {
    const answers = await stage.rack.ask(12)
    expect(failed(answers)).toBe(0)
    expect(tally(answers)).toEqual({ nginx1: 6, nginx2: 6 })
    figure({ en: '12 connections: 6 / 6', zh: '12 条连接：6 / 6' })
  },
)

claim(
  'ipvs-keeps-the-clients-address',
  'the real server sees the address of the client, and not that of the director',
  async ({ figure }) => {
    const seen = (await stage.rack.ask(4)).map(({ body }) => body)
    expect(seen).toEqual(Array(4).fill(client))
    figure({ en: `the server saw ${seen[0]}`, zh: `服务器看到 ${seen[0]}` })
  },
)

/** Packets into and out of the director's IPVS. `ipvsadm --stats` lags behind. */
async function packets(): Promise<readonly [number, number]> {
  const lines = (await stage.rack.run('lvs1', 'cat /proc/net/ip_vs_stats_percpu')).split('\n')
  const rows = lines
    .map((line) => line.trim().split(/\s+/))
    .filter((row) => row.length === 6 && /^[\dA-F]+$/.test(row[0]!))
  const sum = (column: number) => rows.reduce((all, row) => all + parseInt(row[column]!, 16), 0)
  return [sum(2), sum(3)]
}

claim(
  'nat-carries-both-ways',
  'in NAT the answers pass the director, packet for packet',
  async ({ figure }) => {
    const before = await packets()
    await stage.rack.ask(20)
    const after = await packets()
    const [into, out] = [after[0] - before[0], after[1] - before[1]]
    expect(into).toBeGreaterThan(60)
    // The two sides of a TCP connection send about as many packets, not exactly.
    expect(out).toBeGreaterThan(into * 0.7)
    figure({
      en: `20 requests: ${into} packets in, ${out} out through the director`,
      zh: `20 个请求：经调度器进 ${into} 个包，出 ${out} 个`,
    })
  },
)

claim(
  'nat-wrong-gateway-is-silence',
  'a server whose gateway is not the director: the client hears nothing, and times out',
  async ({ figure }) => {
    const { rack } = stage
    await rack.run('nginx1', 'ip route replace default via 192.0.2.1')
    try {
      const answers = await rack.ask(4, { timeoutMs: 700 })
      expect(answers.map(({ status }) => status).sort()).toEqual([0, 0, 200, 200])
      const lost = answers.filter(({ status }) => status === 0)
      for (const { failure } of lost) expect(failure).toContain('no answer')
      figure({
        en: `one gateway of two wrong: ${lost.length} of 4 readers waited in vain, and none was refused`,
        zh: `两台中有一台网关写错：4 位读者里 ${lost.length} 位白等，没有一位被拒绝`,
      })
    } finally {
      await rack.run('nginx1', 'ip route replace default via 192.0.2.2')
    }
  },
)

claim('wrr-by-weight', 'with the weights 3 and 1, nine of twelve', async ({ figure }) => {
  await table('-s wrr', '-m -w 3', '-m -w 1')
  const shares = tally(await stage.rack.ask(12))
  expect(shares).toEqual({ nginx1: 9, nginx2: 3 })
  figure({ en: 'weights 3 : 1, 12 connections: 9 / 3', zh: '权重 3 : 1，12 条连接：9 / 3' })
})

claim('wlc-is-the-default', 'ipvsadm without -s makes a wlc service', async ({ figure }) => {
  await stage.rack.run('lvs1', `ipvsadm -C && ipvsadm -A -t ${vip}:80`)
  const said = await stage.rack.run('lvs1', 'ipvsadm -Sn')
  expect(said.trim()).toBe(`-A -t ${vip}:80 -s wlc`)
  figure({ en: `ipvsadm -Sn: ${said.trim()}`, zh: `ipvsadm -Sn：${said.trim()}` })
})

claim(
  'sh-sends-a-client-to-one-server',
  'source hashing: one client, one server; several clients, both',
  async ({ figure }) => {
    const { rack } = stage
    await table('-s sh', '-m', '-m')
    const one = tally(await rack.ask(12))
    expect(Object.values(one)).toEqual([12])
    const others = Array.from({ length: 8 }, (_, i) => `198.51.100.${20 + i}`)
    await rack.run('client', others.map((a) => `ip address add ${a}/24 dev eth0`).join(' && '))
    const chosen = new Set<string>()
    for (const from of others)
      for (const name of Object.keys(tally(await rack.ask(2, { from })))) chosen.add(name)
    expect([...chosen].sort()).toEqual(['nginx1', 'nginx2'])
    figure({
      en: `one client, 12 connections: 12 / 0; ${others.length} more clients reach both servers`,
      zh: `一个客户端 12 条连接：12 / 0；再来 ${others.length} 个客户端，两台都有人去`,
    })
  },
)

claim(
  'persistence-remembers',
  'a persistent service sends a client where it was sent before',
  async ({ figure }) => {
    await table('-s rr -p 300', '-m', '-m')
    const kept = tally(await stage.rack.ask(12))
    expect(Object.values(kept)).toEqual([12])
    await table('-s rr', '-m', '-m')
    expect(tally(await stage.rack.ask(12))).toEqual({ nginx1: 6, nginx2: 6 })
    figure({
      en: 'rr with -p 300: 12 / 0; without it: 6 / 6',
      zh: 'rr 加 -p 300：12 / 0；不加：6 / 6',
    })
  },
)
