import type { Status, TrafficEvent } from '../../../snippets/sim/event.ts'
import type { ServerState } from '../../../snippets/sim/stage.ts'
import { livePath } from '../live-path.ts'
import { SharedStream } from '../shared-stream.ts'
import { Ledger, slowMotion, type Engine, type Snapshot } from './engine.ts'

/** What a running lab tells, one JSON object per message. */
export type LabEvent =
  | { readonly kind: 'lab'; readonly lab: string | null }
  | {
      readonly t: number
      readonly kind: 'answered'
      /** Who handed it on to whom: `['client', 'nginx', 'web1']`. */
      readonly path: readonly string[]
      readonly status: number
      readonly ms: number
    }
  | { readonly kind: 'server'; readonly id: string; readonly state: ServerState }

export interface TrafficSource {
  /** Returns the way to stop. */
  subscribe(listener: (event: LabEvent) => void): () => void
}

type Wire = Pick<SharedStream, 'close' | 'onmessage'>

/** The dev server's stream of the lab that is running, if one is. */
export function labSource(
  open: (url: string) => Wire = (url) => new SharedStream(url),
): TrafficSource {
  return {
    subscribe(listener) {
      const wire = open(livePath)
      wire.onmessage = ({ data }) => {
        const event = parseLabEvent(data)
        if (event) listener(event)
      }
      return () => wire.close()
    },
  }
}

const isState = (value: unknown): value is ServerState =>
  value === 'up' || value === 'killed' || value === 'cut'
const isText = (value: unknown): value is string => typeof value === 'string'

/** What is no event of ours is passed over: the picture never breaks because of the lab. */
export function parseLabEvent(line: string): LabEvent | undefined {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { kind, lab, t, path, status, ms, id, state } = value as Readonly<Record<string, unknown>>
  if (kind === 'lab' && (isText(lab) || lab === null)) return { kind, lab }
  if (kind === 'server' && isText(id) && isState(state)) return { kind, id, state }
  const isAnswer = kind === 'answered' && Array.isArray(path) && path.every(isText)
  if (!isAnswer || typeof status !== 'number' || typeof ms !== 'number') return undefined
  return { kind, t: typeof t === 'number' ? t : 0, path, status, ms }
}

/** A real hop is too short to see: each is drawn for a third of a second. */
const hopMs = 7

/** An answer's whole way, there and back, as the picture's events from `now` on. */
export function hopsOf(
  { path, status, ms }: Extract<LabEvent, { kind: 'answered' }>,
  request: number,
  now: number,
): TrafficEvent[] {
  const there = path.slice(1).map((to, index): TrafficEvent => {
    const t = now + index * hopMs
    return { kind: 'sent', t, arrives: t + hopMs, request, from: path[index]!, to }
  })
  const shown = shownStatus(status)
  const back = there.toReversed().flatMap((hop, index): TrafficEvent[] => {
    if (hop.kind !== 'sent') return []
    const t = now + (there.length + index) * hopMs
    const way = { request, from: hop.to, to: hop.from, arrives: t + hopMs }
    return [{ kind: 'answered', t, status: shown, cached: false, ...way }]
  })
  return [...there, ...back, { kind: 'ended', t: now, request, at: path[0]!, status: shown, ms }]
}

/** A redirect or a 404 is an answer that somebody meant; from 500 on it is trouble. */
function shownStatus(status: number): Status {
  if (status === 0 || status === 502 || status === 503 || status === 504) return status
  return status >= 500 ? 500 : 200
}

/** The picture's clock runs fifty times slower than the lab's, as it does for the simulation. */
export class LiveEngine implements Engine {
  now = 0
  #requests = 0
  #arrived: LabEvent[] = []
  readonly #states = new Map<string, ServerState>()
  readonly #ledger = new Ledger()

  get scene() {
    return this.#ledger.scene
  }

  receive(event: LabEvent): void {
    this.#arrived.push(event)
  }

  pass(ms: number): readonly TrafficEvent[] {
    this.now += ms
    const events = this.#arrived.flatMap((event): TrafficEvent[] => {
      if (event.kind === 'answered') return hopsOf(event, this.#requests++, this.now)
      if (event.kind !== 'server') return []
      const { id: at, state } = event
      const isFirst = !this.#states.has(at)
      this.#states.set(at, state)
      // Who runs when we begin to look has neither come back nor joined.
      return isFirst && state === 'up' ? [] : [{ kind: 'state', t: this.now, at, state }]
    })
    this.#arrived = []
    this.#ledger.add(events, this.now)
    return events
  }

  snapshot(): Snapshot {
    const lastFiveSeconds = 5000 / slowMotion
    const snapshot = this.#ledger.snapshot(this.now, lastFiveSeconds)
    const throughput = snapshot.summary.throughput / slowMotion
    return { ...snapshot, summary: { ...snapshot.summary, throughput } }
  }
}
