import { expect } from 'vitest'
import { prepareServers } from './keepalived.ts'
import { vip } from './lvs/topology.ts'
import { openRack } from './rack.ts'
import { failed, tally } from './tally.ts'

/** Direct routing to nginx1, and a tunnel to nginx3, which is far away: one of them at a time. */
const direct = `-A -t ${vip}:80 -s rr\n-a -t ${vip}:80 -r 192.0.2.11:80 -g`
const tunnel = `-A -t ${vip}:80 -s rr\n-a -t ${vip}:80 -r 203.0.113.11 -i`

const stage = openRack(import.meta.url, async (rack) => {
  await prepareServers(rack)
  await rack.run('lvs1', `ip address add ${vip}/32 dev eth0`)
  await rack.run('', '/run/modprobe ipip')
  await rack.run('nginx3', `ip link set tunl0 up; ip address add ${vip}/32 dev tunl0`)
  // The stricter of a card's own setting and that for all of them counts: here it is the latter.
  const cards = { lvs1: ['eth0'], nginx1: ['eth0'], nginx3: ['eth0', 'tunl0'] }
  for (const [machine, names] of Object.entries(cards))
    for (const name of names)
      await rack.run(machine, `sysctl -q -w net.ipv4.conf.${name}.rp_filter=0`)
})
const { claim } = stage

const readers = 4
/** How many of four readers get their page, from this server. */
async function servedBy(server: string): Promise<number> {
  const answers = await stage.rack.ask(readers, { timeoutMs: 3000 })
  const served = tally(answers.filter(({ status }) => status === 200))
  expect(Object.keys(served)).toEqual(failed(answers) === readers ? [] : [server])
  return readers - failed(answers)
}
const set = (machine: string, setting: string) =>
  stage.rack.run(machine, `sysctl -q -w net.ipv4.conf.all.${setting}`)

claim(
  'rp-filter-drops-what-a-tunnel-brings',
  'with rp_filter=1 a server drops what comes out of a tunnel, and not what direct routing brings',
  async ({ figure }) => {
    const { rack } = stage
    const served: Record<string, number> = {}
    await rack.table('lvs1', direct)
    for (const mode of [0, 1]) {
      await set('nginx1', `rp_filter=${mode}`)
      served[`DR ${mode}`] = await servedBy('nginx1')
    }
    await set('nginx1', 'rp_filter=0')
    await rack.table('lvs1', tunnel)
    for (const mode of [0, 1, 2]) {
      await set('nginx3', `rp_filter=${mode}`)
      served[`TUN ${mode}`] = await servedBy('nginx3')
    }
    await set('nginx3', 'rp_filter=0')
    expect(served).toEqual({ 'DR 0': 4, 'DR 1': 4, 'TUN 0': 4, 'TUN 1': 0, 'TUN 2': 4 })
    figure({
      en: `readers served of ${readers}, with rp_filter=1 on the server: DR ${served['DR 1']}, TUN ${served['TUN 1']}; TUN with 0: ${served['TUN 0']}, with 2: ${served['TUN 2']}`,
      zh: `服务器上 rp_filter=1，${readers} 位读者里得到响应的：DR ${served['DR 1']} 位，TUN ${served['TUN 1']} 位；TUN 设成 0：${served['TUN 0']} 位，设成 2：${served['TUN 2']} 位`,
    })
  },
)

claim(
  'dr-gateway-is-not-the-director',
  'an answer of direct routing that comes through the director bears its own address, and is dropped',
  async ({ figure }) => {
    const { rack } = stage
    await rack.table('lvs1', direct)
    const through = (gateway: string) =>
      rack.run('nginx1', `ip route replace default via ${gateway}`)
    const router = await servedBy('nginx1')
    await through('192.0.2.2')
    try {
      const director = await servedBy('nginx1')
      // Nothing else is in its way: told to take its own address for a sender, the director hands it on.
      await set('lvs1', 'accept_local=1')
      const told = await servedBy('nginx1')
      expect({ router, director, told }).toEqual({ router: 4, director: 0, told: 4 })
      figure({
        en: `readers served of ${readers}: ${router} with the router as the server's gateway, ${director} with the director; ${told} with accept_local=1 on the director`,
        zh: `${readers} 位读者里得到响应的：服务器的网关是路由器，${router} 位；是调度器，${director} 位；调度器上设 accept_local=1，${told} 位`,
      })
    } finally {
      await set('lvs1', 'accept_local=0')
      await through('192.0.2.1')
    }
  },
)
