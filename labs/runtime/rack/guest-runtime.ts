import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { say } from '../../language.ts'
import { readFiles } from '../apply/files.ts'
import { docker } from '../docker/docker-cli.ts'
import { dockerRuntime } from '../docker/docker-runtime.ts'
import { agentPort, type Place } from '../docker/place.ts'
import { EnvironmentError } from '../environment-error.ts'
import { onFiles } from '../on-files.ts'
import type { Runtime } from '../runtime.ts'
import { askRack, untilReady } from './ask.ts'
import { type Ask, guestMachine } from './guest-machine.ts'
import { machineWorld } from './machine-world.ts'
import { untilServed } from './served.ts'
import type { MachineStatus, Topology } from './topology.ts'

/** A lab whose servers are machines in a guest kernel, which one plain container carries. */
export function guestRuntime(place: Place): Runtime {
  const carrier = dockerRuntime(place)
  const gateway = { port: place.ports[agentPort] ?? 0, token: place.token }
  const ask: Ask = (path, wanted) => askRack(gateway, path, wanted)
  const status = async () =>
    (await ask<MachineStatus[]>('/status', {})).map(({ machine, state }) => ({
      service: machine,
      state,
    }))
  const served = untilServed(place, { status, request: carrier.request })
  const server = (name: string) => guestMachine(place, name, ask, served)
  const put = async () => {
    const files = Object.fromEntries(readFiles(place.live))
    await ask('/put', { folder: place.lab.machines?.at, files })
  }
  const world = machineWorld(place, server, status, {
    put,
    async boot(name) {
      await server(name).restart()
      return ''
    },
  })
  return {
    ...carrier,
    ...onFiles(place, world),
    server,
    status,
    async up(report, signal) {
      await canCarryAKernel(place)
      await carrier.up(report, signal)
      await untilReady(gateway)
      await put()
      report(
        say(
          'start the machines, on a Linux kernel with IPVS that the lab brings (User-Mode Linux)',
          '启动各台机器：实验自带一个有 IPVS 的 Linux 内核（User-Mode Linux）',
        ),
      )
      await ask('/build', topologyOf(place))
      await served(signal)
    },
    async recreate(names) {
      for (const name of names) await server(name).restart()
    },
  }
}

const topologyOf = ({ lab }: Place) =>
  JSON.parse(readFileSync(join(lab.folder, lab.guest?.machines ?? ''), 'utf8')) as Topology

async function canCarryAKernel(place: Place): Promise<void> {
  const { stdout } = await docker(place, ['version', '--format', '{{.Server.Arch}}'])
  if (stdout.trim() === 'amd64') return
  throw new EnvironmentError(
    say(
      `The engine's kernel has no IPVS, and the one that the lab brings runs on amd64 alone; this engine is ${stdout.trim()}.`,
      `引擎的内核没有 IPVS，而实验自带的内核只能在 amd64 上运行，这里的引擎是 ${stdout.trim()}。`,
    ),
    say(
      'on the machine of the engine: sudo modprobe ip_vs',
      '在引擎所在的机器上执行：sudo modprobe ip_vs',
    ),
  )
}
