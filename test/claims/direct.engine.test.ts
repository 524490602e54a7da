import { expect } from 'vitest'
import { vip } from './lvs/topology.ts'
import { openRack, type Rack } from './rack.ts'
import { Readers } from './readers.ts'
import { failed, tally } from './tally.ts'

const servers = ['nginx1', 'nginx2']
const table = (one: string, two: string) => `-A -t ${vip}:80 -s rr
-a -t ${vip}:80 -r 192.0.2.11:80 ${one}
-a -t ${vip}:80 -r 192.0.2.12:80 ${two}`

/** Direct routing as a beginner has it: the address on every machine, and nobody keeps quiet. */
async function prepare(rack: Rack): Promise<void> {
  await rack.run('lvs1', `ip address add ${vip}/32 dev eth0`)
  for (const server of servers) await rack.run(server, `ip address add ${vip}/32 dev lo`)
}

const stage = openRack(import.meta.url, prepare)
const { claim } = stage

/** The MAC addresses that answer when the router asks for the address. */
async function claimants(): Promise<readonly string[]> {
  const said = await stage.rack.run('router', `arping -b -w 1 -I eth1 ${vip} || true`)
  return [...new Set([...said.matchAll(/\[([0-9A-F:]{17})\]/gi)].map(([, mac]) => low(mac!)))]
}
const low = (text: string) => text.toLowerCase()
const macOf = async (machine: string) =>
  low((await stage.rack.run(machine, 'ip -brief link show dev eth0')).split(/\s+/)[2]!)

claim(
  'everybody-claims-the-address',
  'an address on lo is answered for on eth0 as well',
  async ({ figure }) => {
    const found = await claimants()
    expect(found).toHaveLength(3)
    expect(found).toContain(await macOf('nginx1'))
    figure({
      en: `${found.length} machines of 3 answered`,
      zh: `3 台机器里有 ${found.length} 台回答`,
    })
  },
)

/** The cure, in the order that lvs/direct-routing.sh has. Later claims need it: done once. */
let isQuiet: Promise<unknown> | undefined
const quiet = () =>
  (isQuiet ??= (async () => {
    for (const server of servers)
      await stage.rack.run(server, `ip address del ${vip}/32 dev lo; sh /app/direct-routing.sh`)
    await stage.rack.run('router', 'ip neigh flush all')
    await stage.rack.table('lvs1', table('-g', '-g'))
  })())

claim(
  'arp-settings-leave-one',
  'with arp_ignore=1 and arp_announce=2 only the director answers',
  async ({ figure }) => {
    await quiet()
    const found = await claimants()
    expect(found).toEqual([await macOf('lvs1')])
    figure({ en: '1 machine of 3 answered', zh: '3 台机器里有 1 台回答' })
  },
)

/** The first frame on a machine's card that fits, while readers ask. */
async function frame(machine: string, filter: string): Promise<string> {
  let isSeen = false
  const line = `timeout 20 tcpdump -l -env -c 1 -i eth0 '${filter}' 2>/dev/null`
  const seen = stage.rack.run(machine, line).finally(() => (isSeen = true))
  while (!isSeen) await stage.rack.ask(2)
  return (await seen).replaceAll(/\s+/g, ' ')
}
const syn = `tcp[tcpflags] == tcp-syn and dst host ${vip}`

claim(
  'dr-changes-only-the-mac',
  'the packet at the server is from the client to the virtual IP; the frame goes from card to card',
  async ({ figure }) => {
    await quiet()
    const seen = await frame('nginx1', syn)
    expect(seen).toMatch(/198\.51\.100\.10\.\d+ > 192\.0\.2\.100\.80: /)
    const [, from, to] = /([0-9a-f:]{17}) > ([0-9a-f:]{17}),/.exec(seen)!
    expect([from, to]).toEqual([await macOf('lvs1'), await macOf('nginx1')])
    figure({
      en: `at nginx1: 198.51.100.10 to ${vip}, in a frame from lvs1’s card to nginx1’s`,
      zh: `在 nginx1 上：198.51.100.10 发往 ${vip}，帧从 lvs1 的网卡到 nginx1 的网卡`,
    })
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
  'dr-answers-go-round-the-director',
  'in DR the director sees requests, and no answer',
  async ({ figure }) => {
    await quiet()
    const before = await packets()
    expect(tally(await stage.rack.ask(20))).toEqual({ nginx1: 10, nginx2: 10 })
    const after = await packets()
    const [into, out] = [after[0] - before[0], after[1] - before[1]]
    expect(into).toBeGreaterThan(60)
    expect(out).toBe(0)
    figure({
      en: `20 requests: ${into} packets in, ${out} out through the director`,
      zh: `20 个请求：经调度器进 ${into} 个包，出 ${out} 个`,
    })
  },
)

claim(
  'dr-ignores-a-port-mapping',
  'asked for port 8080 behind 80, DR has 80 in its table',
  async ({ figure }) => {
    const { rack } = stage
    try {
      await rack.table('lvs1', `-A -t ${vip}:80 -s rr\n-a -t ${vip}:80 -r 192.0.2.11:8080 -g`)
      const said = await rack.run('lvs1', 'ipvsadm -Sn')
      const port = /-r 192\.0\.2\.11:(\d+)/.exec(said)?.[1]
      expect(port).toBe('80')
      figure({ en: `asked for 8080, got ${port}`, zh: `要的是 8080，得到 ${port}` })
    } finally {
      await rack.table('lvs1', table('-g', '-g'))
    }
  },
)

claim(
  'weight-zero-drains',
  'at weight 0 an open connection goes on and new ones go elsewhere; deleted, it is cut off',
  async ({ figure }) => {
    await quiet()
    const { rack } = stage
    const edit = (verb: string, server: string, rest: string) =>
      rack.run('lvs1', `ipvsadm ${verb} -t ${vip}:80 -r ${server}:80 ${rest}`)
    const reader = await Readers.begin(rack, 'kept')
    // Whose connection it is, the director's own table says.
    const lines = await rack.run('lvs1', `ipvsadm -Lnc | grep :${reader.port}`)
    const server = /(192\.0\.2\.1\d):80\s*$/.exec(lines.trim().split('\n')[0]!)![1]!
    const other = server.endsWith('1') ? 'nginx2' : 'nginx1'
    await edit('-e', server, '-g -w 0')
    await reader.call('drained')
    const others = await rack.ask(12)
    expect(tally(others)).toEqual({ [other]: 12 })
    // Twelve more packets over the open connection: requests, and what acknowledges the answers.
    const name = `nginx${server.at(-1)}`
    const more = `timeout 20 tcpdump -n -c 12 -i eth0 'src port ${reader.port}' 2>/dev/null`
    await rack.run(name, more)
    await reader.call('deleted')
    await edit('-d', server, '')
    await reader.untilLost()
    const asked = await reader.over()
    await rack.table('lvs1', table('-g', '-g'))

    const drained = asked.filter(({ round }) => round === 'drained')
    expect(drained.length).toBeGreaterThan(2)
    // The first that is lost may have been called before the deletion, and asked after it.
    const answered = drained.filter(({ failure }) => failure === undefined)
    expect(answered.length).toBeGreaterThanOrEqual(drained.length - 1)
    expect(new Set(answered.map(({ port }) => port)).size).toBe(1)
    expect(asked.some(({ failure }) => failure === 'no answer')).toBe(true)
    expect(failed(others)).toBe(0)
    figure({
      en: `weight 0: ${answered.length} more requests over the open connection, 12 of 12 new ones to ${other}; deleted: the open one hangs`,
      zh: `权重 0：开着的连接又走了 ${answered.length} 个请求，12 条新连接全部去了 ${other}；删掉：开着的连接没了回音`,
    })
  },
)

claim(
  'tun-wraps-the-packet',
  'a tunnelled packet is 20 bytes longer, and its answer goes round the director',
  async ({ figure }) => {
    const { rack } = stage
    await rack.run('', '/run/modprobe ipip')
    const settings = ['all', 'tunl0'].map((card) => `net.ipv4.conf.${card}.rp_filter=0`).join(' ')
    await rack.run('nginx3', 'ip link set tunl0 up')
    await rack.run('nginx3', `ip address add ${vip}/32 dev tunl0 && sysctl -w ${settings}`)
    await rack.table('lvs1', `-A -t ${vip}:80 -s rr\n-a -t ${vip}:80 -r 203.0.113.11 -i`)
    try {
      const seen = await frame('nginx3', 'ip proto 4')
      expect(seen).toContain('192.0.2.2 > 203.0.113.11: (')
      expect(seen).toMatch(/198\.51\.100\.10\.\d+ > 192\.0\.2\.100\.80: /)
      const lengths = [...seen.matchAll(/proto \w+ \(\d+\), length (\d+)/g)]
      const [outer, inner] = lengths.map(([, length]) => Number(length))
      expect(outer! - inner!).toBe(20)
      const before = await packets()
      expect(tally(await rack.ask(10))).toEqual({ nginx3: 10 })
      const out = (await packets())[1] - before[1]
      expect(out).toBe(0)
      figure({
        en: `${inner} bytes became ${outer}; ${out} packets of the answers passed the director`,
        zh: `${inner} 字节变成 ${outer} 字节；经过调度器的回答：${out} 个包`,
      })
    } finally {
      await rack.table('lvs1', table('-g', '-g'))
    }
  },
)
