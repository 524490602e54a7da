import { say } from '../../language.ts'
import type { LabWorld } from '../apply/world.ts'
import { compose } from '../docker/docker-cli.ts'
import { dockerRuntime } from '../docker/docker-runtime.ts'
import { dockerWorld } from '../docker/docker-world.ts'
import type { Place } from '../docker/place.ts'
import { canCarryAKernel, showFiles, untilUp } from '../director/own-kernel.ts'
import { EnvironmentError } from '../environment-error.ts'
import { onFiles } from '../on-files.ts'
import type { Runtime } from '../runtime.ts'
import type { Servers } from '../server.ts'
import { handles, ownKernels } from './handles.ts'
import { KernelSettingsFile } from './kernel-settings.ts'
import { untilServed } from './served.ts'

/** A lab of which some servers are machines, and some of these may bring a kernel of their own. */
export function machinesRuntime(place: Place): Runtime {
  const docker = dockerRuntime(place)
  const served = untilServed(place, docker)
  const server = handles(place, served)
  const settings = new KernelSettingsFile(place)
  return {
    ...docker,
    ...onFiles(place, machinesWorld(place, server, settings, docker.status)),
    server,
    async up(report, signal) {
      if (ownKernels(place).length > 0) await canCarryAKernel(place)
      await settings.write()
      report(place.kernel === 'guest' ? withOwnKernels() : onTheEngines())
      await docker.up(report, signal)
      await Promise.all(ownKernels(place).map((name) => untilUp(place, name, server(name))))
      await served(signal)
    },
  }
}

/** What applying needs: machines are reached by their handles, whosever kernel they are in. */
function machinesWorld(
  place: Place,
  server: Servers,
  settings: KernelSettingsFile,
  status: Runtime['status'],
): LabWorld {
  const plain = dockerWorld(place)
  return {
    ...plain,
    exec: (name, command) => server(name).exec(command),
    restart: (name) => server(name).restart(),
    // The files themselves are mounted; a kernel setting is the business of Compose (`sysctls:`).
    async put() {
      await settings.write()
      await Promise.all(ownKernels(place).map((name) => showFiles(server(name))))
    },
    async boot(name) {
      if (!settings.concern(name)) return plain.boot(name)
      const all = await status()
      const runs = all.some(({ service, state }) => service === name && state === 'running')
      const refused = runs && (await settings.refusedBy(name, server(name).exec))
      return refused || recreate(place, name)
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

const onTheEngines = () =>
  say(
    'start the machines as containers: the kernel of this engine has IPVS',
    '以容器启动各台机器：这个引擎的内核有 IPVS',
  )
const withOwnKernels = () =>
  say(
    'start the machines as containers; the directors bring a Linux kernel with IPVS (User-Mode Linux)',
    '以容器启动各台机器；调度器自带一个有 IPVS 的 Linux 内核（User-Mode Linux）',
  )
