import { say } from '../../language.ts'
import { container } from '../docker/container.ts'
import { compose } from '../docker/docker-cli.ts'
import { dockerRuntime } from '../docker/docker-runtime.ts'
import type { Place } from '../docker/place.ts'
import { EnvironmentError } from '../environment-error.ts'
import { onFiles } from '../on-files.ts'
import type { Runtime } from '../runtime.ts'
import type { Server } from '../server.ts'
import { KernelSettingsFile } from './kernel-settings.ts'
import { machineWorld } from './machine-world.ts'
import { programSwitch, untilServed, type UntilServed } from './served.ts'

/** A lab whose machines are containers: the engine's own kernel has IPVS. */
export function containersRuntime(place: Place): Runtime {
  const docker = dockerRuntime(place)
  const served = untilServed(place, docker)
  const server = (name: string) => machineInContainer(place, name, served)
  const settings = new KernelSettingsFile(place)
  const world = machineWorld(place, server, docker.status, {
    // The files themselves are mounted; a kernel setting is the business of Compose (`sysctls:`).
    put: () => settings.write(),
    async boot(name) {
      const all = await docker.status()
      const runs = all.some(({ service, state }) => service === name && state === 'running')
      const refused = runs && (await settings.refusedBy(name, server(name).exec))
      return refused || recreate(place, name)
    },
  })
  return {
    ...docker,
    ...onFiles(place, world),
    server,
    async up(report, signal) {
      await settings.write()
      report(
        say(
          'start the machines as containers: the kernel of this engine has IPVS',
          '以容器启动各台机器：这个引擎的内核有 IPVS',
        ),
      )
      await docker.up(report, signal)
      await served(signal)
    },
  }
}

function machineInContainer(place: Place, name: string, served: UntilServed): Server {
  const plain = container(place, name)
  // The far ends of its cables: the machine itself sees no difference, as Docker's way would show it.
  const cable = async (what: 'cut' | 'mend') => {
    const { exitCode, stderr } = await plain.exec([...(place.lab.machines?.cables ?? []), what])
    if (exitCode === 0) return
    throw new EnvironmentError(
      say(`The cables of ${name}: ${stderr}`, `${name} 的网线：${stderr}`),
      `npm run lab ${place.lab.number} down`,
    )
  }
  return {
    ...plain,
    ...programSwitch(place, plain.exec, served),
    cut: () => cable('cut'),
    mend: () => cable('mend'),
    start: async () => {
      await plain.start()
      await served()
    },
    restart: async () => {
      await plain.restart()
      await served()
    },
  }
}

async function recreate(place: Place, machine: string): Promise<string> {
  const options = ['--detach', '--no-deps', '--force-recreate', '--pull', 'never']
  const { exitCode, stderr } = await compose(place, ['up', ...options, machine])
  if (exitCode === 0) return ''
  // What the kernel says of a value, or Docker of a name that is the whole machine's.
  const refusal = /\/proc\/sys\/\S+: .*/.exec(stderr) ?? /sysctl "?\w+\..*/.exec(stderr)
  if (refusal) return `sysctl: ${refusal[0]}`
  const words = stderr.trim().split('\n').at(-1) ?? ''
  throw new EnvironmentError(words, `npm run lab ${place.lab.number} logs ${machine}`)
}
