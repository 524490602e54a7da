import { request } from 'node:http'
import { say } from '../../../language.ts'
import { EnvironmentError } from '../../environment-error.ts'
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
 * another engine's. Its address comes from Docker, which knows the host's routes.
 */
export async function addBridge(place: RuntimeFolder, busybox: string): Promise<void> {
  try {
    await run(busybox, ['ip', 'link', 'add', 'name', place.bridge, 'type', 'bridge'])
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

export async function removeBridges(names: readonly string[], busybox: string): Promise<void> {
  // One that is not there any more is what was wanted.
  for (const name of names) await run(busybox, ['ip', 'link', 'del', name]).catch(() => {})
}
