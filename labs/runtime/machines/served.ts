import { setTimeout as pause } from 'node:timers/promises'
import { say } from '../../language.ts'
import type { Place } from '../docker/place.ts'
import { EnvironmentError } from '../environment-error.ts'
import type { Runtime } from '../runtime.ts'
import type { Server } from '../server.ts'

/** Seconds for the forum and nginx to come up on a busy machine. */
const patience = 60

export type UntilServed = (signal?: AbortSignal) => Promise<void>

/** Until every machine that should serve the site does; a machine that has ended is not waited for. */
export function untilServed(
  { lab }: Place,
  { status, request }: Pick<Runtime, 'status' | 'request'>,
): UntilServed {
  const runs = async (name: string) =>
    (await status()).some(({ service, state }) => service === name && state === 'running')
  return async (signal) => {
    const deadline = performance.now() + patience * 1000
    for (const name of lab.scale)
      for (; await runs(name); await pause(50, undefined, { signal })) {
        const requests = [{ to: name, path: '/healthz', timeoutMs: 1000 }]
        const [answer] = await request({ requests })
        if (answer?.status === 200) break
        if (performance.now() < deadline) continue
        throw new EnvironmentError(
          say(`${name} does not answer.`, `${name} 没有应答。`),
          `npm run lab ${lab.number} logs ${name}`,
        )
      }
  }
}

/** The machine's program ends, so nobody listens, or begins again; the machine itself goes on. */
export function programSwitch(
  exec: Server['exec'],
  served: UntilServed,
): Pick<Server, 'refuse' | 'admit'> {
  const turn = (what: 'on' | 'off') => exec(['sh', '/runtime/machines/program.sh', what])
  return {
    refuse: async () => void (await turn('off')),
    admit: async () => {
      await turn('on')
      await served()
    },
  }
}
