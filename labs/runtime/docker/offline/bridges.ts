import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { say } from '../../../language.ts'
import { EnvironmentError } from '../../environment-error.ts'
import { hostNetworks, overlaps } from '../../host-networks.ts'
import { run, stderrOf } from './command.ts'
import type { RuntimeFolder } from './runtime-folder.ts'

interface Network {
  readonly Id: string
  readonly Driver: string
  readonly Options?: Readonly<Record<string, string>> | null
}

/**
 * A network that outlives its daemon keeps its bridge in the host, which the daemon takes up
 * again at its next start. Nothing is to be left, so their names are asked for while it answers.
 */
export function bridgesOf(place: RuntimeFolder): Promise<readonly string[]> {
  return new Promise((resolve) => {
    const options = { socketPath: place.socket, path: '/v1.44/networks', timeout: 2000 }
    const asked = request(options, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part))
      answer.on('error', () => {}).on('close', () => resolve(namesIn(text)))
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve([]))
    asked.end()
  })
}

function namesIn(text: string): readonly string[] {
  try {
    const networks = JSON.parse(text) as readonly Network[]
    return networks.filter(({ Driver }) => Driver === 'bridge').map(bridgeName)
  } catch {
    return []
  }
}

const bridgeName = ({ Id, Options }: Network): string =>
  Options?.['com.docker.network.bridge.name'] ?? `br-${Id.slice(0, 12)}`

/**
 * The default network's, made here since Docker makes only `docker0` itself, and that may be
 * another engine's. It has an address before Docker sees it: Docker may choose that of a bridge which
 * a killed engine has left behind, and no published port would answer. And for each network it has
 * another name: Docker remembers by name what address a bridge has had, and would give it that again.
 */
export async function addBridge(place: RuntimeFolder, busybox: string): Promise<string> {
  const { name, gateway } = freeBridge(place.bridge, await hostNetworks([busybox, 'ip']))
  try {
    await run(busybox, ['ip', 'link', 'add', 'name', name, 'type', 'bridge'])
    if (gateway) await run(busybox, ['ip', 'addr', 'add', gateway, 'dev', name])
    return name
  } catch (error) {
    throw new EnvironmentError(
      say(
        `This machine lets nobody make a network bridge: ${stderrOf(error)}`,
        `这台机器不允许创建网桥：${stderrOf(error)}`,
      ),
      say(
        'Inside a container, start that one with --privileged.',
        '如果在容器里，启动该容器时加上 --privileged。',
      ),
    )
  }
}

/** Private networks (RFC 1918), 256 small ones in each. Those of the labs begin with 10.201. */
const ranges = ['10.200', '172.29', '192.168']

interface Bridge {
  /** At most 15 letters, as the kernel wants it. */
  readonly name: string
  /** Gateway and network, as in `10.200.7.1/24`. */
  readonly gateway?: string
}

/**
 * A network that nothing here uses; none where all are taken, as by a tunnel for every private
 * address: Docker chooses then. Two engines begin to look at two places.
 */
export function freeBridge(prefix: string, used: readonly string[]): Bridge {
  const first = Number.parseInt(prefix.slice(-2), 16)
  for (const [index, range] of ranges.entries())
    for (let step = 0; step < 256; step++) {
      const third = (first + step) % 256
      const gateway = `${range}.${third}.1/24`
      if (used.some((cidr) => overlaps(cidr, gateway))) continue
      return { name: `${prefix}${index}${third.toString(16).padStart(2, '0')}`, gateway }
    }
  return { name: prefix }
}

/** The default network's bridges that a run of this engine has made. */
export async function ownBridges(place: RuntimeFolder): Promise<readonly string[]> {
  const links = await readdir('/sys/class/net').catch(() => [])
  return links.filter((name) => name.startsWith(place.bridge))
}

export async function removeBridges(names: readonly string[], busybox: string): Promise<void> {
  // One that is not there any more is what was wanted.
  for (const name of names) await run(busybox, ['ip', 'link', 'del', name]).catch(() => {})
}
