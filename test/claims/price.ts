import type { WayRun } from '../../.vitepress/book/measured.ts'
import { prepareServers } from './keepalived.ts'
import { vip } from './lvs/topology.ts'
import type { Rack } from './rack.ts'

const doors = { straight: '192.0.2.11:80', ipvs: `${vip}:80`, nginx: '192.0.2.2:81' } as const
export type Door = keyof typeof doors

/** One server, behind the same machine in two ways: IPVS in the kernel, and nginx as a proxy. */
export async function prepareDoors(rack: Rack): Promise<void> {
  await prepareServers(rack)
  await rack.run('lvs1', `ip address add ${vip}/32 dev eth0`)
  await rack.table('lvs1', `-A -t ${vip}:80 -s rr\n-a -t ${vip}:80 -r 192.0.2.11:80 -g`)
  await rack.run('lvs1', 'nginx -e /dev/null -c /app/proxy.conf')
}

/** In bytes, for the director; the kernel says it when IPVS is loaded. */
export async function entryBytes(rack: Rack): Promise<number> {
  const said = await rack.run('', 'dmesg')
  return Number(/IPVS: Each connection entry needs (\d+) bytes/.exec(said)?.[1])
}

/** Of the nginx with this pid file and its workers, without the program's text. */
async function megabytesOf(rack: Rack, pidFile: string): Promise<number> {
  const pids = `$(cat ${pidFile}) $(cat /proc/$(cat ${pidFile})/task/*/children)`
  const said = await rack.run('', `for pid in ${pids}; do cat /proc/$pid/status; done`)
  const sizes = [...said.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB/gm)].map(([, kB]) => +kB!)
  return sizes.reduce((sum, kB) => sum + kB / 1024, 0)
}

/** The director's table of connections: its slots, of 8 bytes each, and what is in them. */
async function tableMegabytes(rack: Rack): Promise<number> {
  const size = /size=(\d+)/.exec(await rack.run('lvs1', 'ipvsadm -Ln'))?.[1]
  const entries = await rack.run('lvs1', 'ipvsadm -Lnc | grep -c ^TCP || true')
  return (Number(size) * 8 + Number(entries) * (await entryBytes(rack))) / 2 ** 20
}

/** Connections a second, when each of them takes so many milliseconds. */
const pace = (ms: readonly number[]) => (ms.length / ms.reduce((sum, one) => sum + one, 0)) * 1000

/**
 * The guest has one processor, and one connection at a time goes through it: what a connection takes
 * is what everybody on its way computes. The quickest tenth is free of what else the machine did; the pace
 * is that of the quicker half.
 */
export async function runDoors(rack: Rack, count: number): Promise<Readonly<Record<Door, WayRun>>> {
  const visit = async (times: number) => {
    const list = Object.values(doors).join(' ')
    const program = 'node --disable-warning=ExperimentalWarning /app/price.mts'
    return JSON.parse(await rack.run('client', `${program} ${times} ${list}`)) as Record<
      string,
      number[]
    >
  }
  await visit(50) // warm
  const times = await visit(count)
  const server = await megabytesOf(rack, '/run/servers/nginx1.pid')
  const tier: Readonly<Record<Door, number>> = {
    straight: 0,
    ipvs: await tableMegabytes(rack),
    nginx: await megabytesOf(rack, '/run/servers/proxy.pid'),
  }
  const run = (door: Door): WayRun => {
    const sorted = times[doors[door]]!.map((us) => us / 1000).sort((a, b) => a - b)
    const at = (share: number) => sorted[Math.floor(count * share)]!
    return {
      way: door,
      perSecond: pace(sorted.slice(0, count / 2)),
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      cpuMs: at(0.1),
      megabytes: server + tier[door],
    }
  }
  return { straight: run('straight'), ipvs: run('ipvs'), nginx: run('nginx') }
}
