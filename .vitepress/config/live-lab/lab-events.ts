import type { ServiceStatus } from '../../../labs/runtime/runtime.ts'
import type { LabEvent } from '../../theme/diagram/live.ts'

/** What the dev server tells the page, one JSON object per message. */
export type LiveEvent =
  | LabEvent
  /** Lab's slug → task's id → when it first passed. */
  | {
      readonly kind: 'passed'
      readonly passed: Readonly<Record<string, Readonly<Record<string, string>>>>
    }

/** `web1-1  | GET /topics/3 200 4.1ms 10.201.1.9`: Compose's prefix, then the forum's own line. */
const line = /^(\S+)-\d+ +\| \S+ (\S+) (\d{3}) ([\d.]+)ms \S+$/

/** An answer of a web server as the whole way to it. Health checks are nobody's visit. */
export function answerIn(text: string, front: string, t: number): LiveEvent | undefined {
  const [, service, path, status, ms] = line.exec(text) ?? []
  if (!service || path === '/healthz') return undefined
  const way = service === front ? ['client', service] : ['client', front, service]
  return { kind: 'answered', t, path: way, status: Number(status), ms: Number(ms) }
}

/** As the picture says it: a frozen machine is as silent as one without its cable. */
export function stateOf({ service, state }: ServiceStatus): LiveEvent {
  const shown = state === 'running' ? 'up' : state === 'paused' ? 'cut' : 'killed'
  return { kind: 'server', id: service, state: shown }
}

/** Lets through what differs from the last of its kind. */
export function onlyChanges(send: (event: LiveEvent) => void): (event: LiveEvent) => void {
  const last = new Map<string, string>()
  return (event) => {
    if (event.kind === 'answered') return send(event)
    const about = event.kind === 'server' ? `server ${event.id}` : event.kind
    const text = JSON.stringify(event)
    if (last.get(about) === text) return
    last.set(about, text)
    send(event)
  }
}
