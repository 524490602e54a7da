import { readStatus } from '../../../labs/runtime/docker/health.ts'
import type { Place } from '../../../labs/runtime/docker/place.ts'
import { runtimeOf } from '../../../labs/runtime/runtime-of.ts'
import { type Heard, LiveRoute } from './live-route.ts'
import { streamLogs } from './logs.ts'

export interface Listener {
  readonly project: string
  hasEnded(): boolean
  stop(): void
  /** To be called again and again. */
  look(): Promise<void>
}

/** Hears a lab that runs, from now on: answers, servers' states, and who has the front's address. */
export function listen(place: Place, hear: (heard: Heard) => void): Listener {
  const { tellers, holders } = new LiveRoute(place.lab)
  const runtime = runtimeOf(place)
  // At first, and then while there is something to draw: each asking costs the lab a process.
  let isAsked = true
  const onLine = (server: string, text: string) => {
    isAsked = true
    hear({ kind: 'said', server, text })
  }
  const logs = streamLogs(place, tellers, onLine)

  async function hearWhoHolds(): Promise<void> {
    const asking = ['ip', '-o', '-4', 'addr', 'show', 'to', place.lab.front.service]
    for (const server of holders) {
      const { exitCode, stdout } = await runtime.server(server).exec(asking)
      if (exitCode === 0 && stdout.trim() !== '') return hear({ kind: 'holds', server })
    }
  }

  async function look(): Promise<void> {
    for (const { service, state } of await readStatus(place))
      hear({ kind: 'is', server: service, state })
    if (isAsked) {
      isAsked = false
      await hearWhoHolds()
    }
  }

  return {
    project: place.project,
    hasEnded: logs.hasEnded,
    stop: logs.stop,
    // An engine that does not answer is the terminal's to report.
    look: () => look().catch(() => undefined),
  }
}
