import { readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
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
 * a killed engine has left behind, and no published port would answer. `data` is the daemon's folder.
 */
export async function addBridge(
  { bridge }: RuntimeFolder,
  data: string,
  busybox: string,
): Promise<void> {
  const gateway = freeGateway(bridge, await hostNetworks([busybox, 'ip']))
  try {
    await run(busybox, ['ip', 'link', 'add', 'name', bridge, 'type', 'bridge'])
    if (gateway) await run(busybox, ['ip', 'addr', 'add', gateway, 'dev', bridge])
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
  await forgetOther(gateway ?? '', data)
}

/**
 * Docker remembers what address a bridge has had, and would give it that again: where it is to have
 * another, Docker's notes of its networks go. None of ours outlives the lab that made it.
 */
async function forgetOther(gateway: string, data: string): Promise<void> {
  const note = join(data, 'default-network')
  if ((await readFile(note, 'utf8').catch(() => undefined)) === gateway) return
  await rm(join(data, 'network'), { recursive: true, force: true })
  await writeFile(note, gateway)
}

/** Private networks (RFC 1918), 256 small ones in each. Those of the labs begin with 10.201. */
const ranges = ['10.200', '172.29', '192.168']

/**
 * Gateway and network, as in `10.200.7.1/24`, of a network that nothing here uses; none where all are
 * taken, as by a tunnel for every private address: Docker chooses then. Two engines begin to look at
 * two places.
 */
export function freeGateway(bridge: string, used: readonly string[]): string | undefined {
  const first = Number.parseInt(bridge.slice(-2), 16)
  const small = Array.from({ length: 256 }, (_, step) => (first + step) % 256)
  return ranges
    .flatMap((range) => small.map((third) => `${range}.${third}.1/24`))
    .find((gateway) => !used.some((cidr) => overlaps(cidr, gateway)))
}

export async function removeBridges(names: readonly string[], busybox: string): Promise<void> {
  // One that is not there any more is what was wanted.
  for (const name of names) await run(busybox, ['ip', 'link', 'del', name]).catch(() => {})
}
