import type { Place } from '../docker/place.ts'
import type { Server } from '../server.ts'
import { programSwitch, type UntilServed } from './served.ts'

/** A wish to the guest kernel: see inside/guest.mts for what it knows. */
export type Ask = <Result>(path: string, wanted: unknown) => Promise<Result>

/** A machine in the guest kernel. */
export function guestMachine(place: Place, name: string, ask: Ask, served: UntilServed): Server {
  const tell = (path: string) => () => ask<void>(path, name)
  const exec: Server['exec'] = (command) => ask('/exec', { machine: name, command })
  const start = async () => {
    await ask('/start', name)
    await served()
  }
  const kill = tell('/kill')
  return {
    ...programSwitch(place, exec, served),
    exec,
    start,
    kill,
    stop: tell('/stop'),
    restart: async () => {
      await kill()
      await start()
    },
    crash: tell('/crash'),
    pause: tell('/pause'),
    hang: tell('/pause'),
    resume: tell('/resume'),
    wake: tell('/resume'),
    cut: tell('/cut'),
    mend: tell('/mend'),
    logs: (lines) => ask('/logs', { machine: name, tail: lines }),
    // The guest has one processor, which its machines share.
    cpus: () => Promise.resolve(1),
    limitCpus: () => Promise.resolve(),
    askToEnd: () => unknown(name, 'its end'),
    waitForEnd: () => unknown(name, 'its exit code'),
    output: () => unknown(name, 'the times of its lines'),
  }
}

/** What only a container has, and no lab with such machines asks for. */
const unknown = (name: string, what: string) =>
  Promise.reject(new Error(`${name} is a machine in a guest kernel, which does not tell ${what}`))
