import { say } from '../../language.ts'
import { withOwnKernel } from '../director/own-kernel.ts'
import { container } from '../docker/container.ts'
import type { Place } from '../docker/place.ts'
import { EnvironmentError } from '../environment-error.ts'
import type { Server, Servers } from '../server.ts'
import { programSwitch, type UntilServed } from './served.ts'

/** The servers that bring a kernel here. */
export const ownKernels = ({ lab, kernel }: Place): readonly string[] =>
  kernel === 'guest' ? (lab.ipvs?.servers ?? []) : []

/** Each server as `lab.yaml` has it: a container, perhaps with a kernel of its own, perhaps a machine. */
export const handles =
  (place: Place, served: UntilServed, plain: Servers = (name) => container(place, name)): Servers =>
  (name) => {
    const own = ownKernels(place).includes(name)
    const server = own ? withOwnKernel(place, name, plain(name)) : plain(name)
    return place.lab.machines.includes(name) ? machine(place, name, server, served) : server
  }

const cannotSplit = ({ lab }: Place, name: string) =>
  new EnvironmentError(
    say(
      `${name} is a machine: its cables are pulled all at once.`,
      `${name} 是一台机器：要拔线，只能全拔。`,
    ),
    `npm run lab ${lab.number} break ${name} cut`,
  )

function machine(place: Place, name: string, server: Server, served: UntilServed): Server {
  // The far ends of its cables: the machine itself sees no difference, as Docker's way would show it.
  const cable = async (what: 'cut' | 'mend') => {
    const { exitCode, stderr } = await server.exec(['sh', '/runtime/machines/cable.sh', what])
    if (exitCode === 0) return
    throw new EnvironmentError(
      say(`The cables of ${name}: ${stderr}`, `${name} 的网线：${stderr}`),
      `npm run lab ${place.lab.number} down`,
    )
  }
  return {
    ...server,
    ...programSwitch(server.exec, served),
    cut: () => cable('cut'),
    // Which of its cables are for whom, a machine knows itself.
    split: () => Promise.reject(cannotSplit(place, name)),
    mend: () => cable('mend'),
    start: async () => {
      await server.start()
      await served()
    },
    restart: async () => {
      await server.restart()
      await served()
    },
  }
}
