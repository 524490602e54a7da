import { expect } from 'vitest'
import { vip } from './lvs/topology.ts'
import { prepareServers } from './keepalived.ts'
import { openRack } from './rack.ts'

const doors = { straight: '192.0.2.11:80', ipvs: `${vip}:80`, nginx: '192.0.2.2:81' } as const
type Way = keyof typeof doors

/** One server, behind the same machine in two ways: IPVS in the kernel, and nginx as a proxy. */
const stage = openRack(import.meta.url, async (rack) => {
  await prepareServers(rack)
  await rack.run('lvs1', `ip address add ${vip}/32 dev eth0`)
  await rack.table('lvs1', `-A -t ${vip}:80 -s rr\n-a -t ${vip}:80 -r 192.0.2.11:80 -g`)
  await rack.run('lvs1', 'nginx -e /dev/null -c /app/proxy.conf')
})
const { claim } = stage

claim(
  'ipvs-entry-is-small',
  'the kernel itself says how much a connection takes: less than half a kilobyte',
  async ({ figure }) => {
    const said = await stage.rack.run('', 'dmesg')
    const bytes = Number(/IPVS: Each connection entry needs (\d+) bytes/.exec(said)?.[1])
    expect(bytes).toBeLessThan(512)
    figure({ en: `${bytes} bytes a connection`, zh: `每条连接 ${bytes} 字节` })
  },
)

/**
 * The guest has one processor, and one connection at a time goes through it: what a connection takes
 * is what everybody on its way computes. The quickest tenth is free of what else the machine did.
 */
async function prices(count: number): Promise<Readonly<Record<Way, number>>> {
  const list = Object.values(doors).join(' ')
  const said = await stage.rack.run(
    'client',
    `node --disable-warning=ExperimentalWarning /app/price.mts ${count} ${list}`,
  )
  const times = JSON.parse(said) as Record<string, number[]>
  const quick = (way: Way) => times[doors[way]]!.sort((a, b) => a - b)[Math.floor(count / 10)]!
  return { straight: quick('straight'), ipvs: quick('ipvs'), nginx: quick('nginx') }
}

claim(
  'ipvs-costs-less-than-nginx',
  'what IPVS adds to a connection is less than a tenth of what nginx adds',
  async ({ figure }) => {
    await prices(50) // warm
    const { straight, ipvs, nginx } = await prices(600)
    const [byIpvs, byNginx] = [ipvs - straight, nginx - straight]
    expect(byNginx).toBeGreaterThan(0)
    expect(byIpvs).toBeLessThan(byNginx / 10)
    const [en, zh] = [byIpvs, byNginx].map((us) => `${Math.max(1, Math.round(us))}`) as [
      string,
      string,
    ]
    figure({
      en: `a connection straight to the server: ${Math.round(straight)} µs; IPVS adds ${en} µs, nginx ${zh} µs (one processor, User-Mode Linux)`,
      zh: `直接连服务器：${Math.round(straight)} µs；IPVS 多花 ${en} µs，nginx 多花 ${zh} µs（一个处理器，User-Mode Linux）`,
    })
  },
)
