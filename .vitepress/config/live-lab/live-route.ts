import { isIPv4 } from 'node:net'
import type { LabDefinition, Stop } from '../../../labs/catalog/definition.ts'
import type { ServiceStatus } from '../../../labs/runtime/runtime.ts'
import type { LabEvent } from '../../theme/diagram/live.ts'

/** What a running lab lets us know, as it came. */
export type Heard =
  /** A line of a server's log. */
  | { readonly kind: 'said'; readonly server: string; readonly text: string }
  /** Who has the front's address now. */
  | { readonly kind: 'holds'; readonly server: string }
  | { readonly kind: 'is'; readonly server: string; readonly state: ServiceStatus['state'] }

/** `GET /topics/3 200 4.1ms 10.201.1.9`: the forum's own line. */
const line = /^\S+ (\S+) (\d{3}) ([\d.]+)ms (\S+)$/

type Route = Pick<LabDefinition, 'front' | 'scale' | 'route'>

/** Tells in the names of the chapter's picture what a lab tells in its own. */
export class LiveRoute {
  /** From the readers' door to the servers that tell of answers. */
  readonly #steps: readonly (readonly Stop[])[]
  readonly #front: string
  #holder: string | undefined

  constructor({ front, scale, route }: Route) {
    this.#front = front.service
    this.#steps = route ?? ownNames(front.service, scale)
  }

  /** Whose logs tell of answers. */
  get tellers(): readonly string[] {
    return this.#steps.at(-1)!.flatMap(serverOf)
  }

  /** Who may have the front's address. Where the front has a name there is nothing to ask. */
  get holders(): readonly string[] {
    if (!isIPv4(this.#front)) return []
    return this.#steps.slice(0, -1).filter(isHeld).flat().flatMap(serverOf)
  }

  hear(heard: Heard, t: number): LabEvent | undefined {
    if (heard.kind === 'said') return this.#answerIn(heard.server, heard.text, t)
    if (heard.kind === 'is') return this.#stateOf(heard)
    this.#holder = heard.server
    return undefined
  }

  /** An answer as the whole way to who tells of it. Health checks are nobody's visit. */
  #answerIn(server: string, text: string, t: number): LabEvent | undefined {
    const [, path, status, ms, asker] = line.exec(text) ?? []
    if (!path || path === '/healthz') return undefined
    const last = this.#steps.length - 1
    const way = this.#steps.map((step, index) => {
      if (index === last) return step.find((stop) => serverOf(stop).includes(server))
      if (step.some(({ address }) => address)) return step.find(({ address }) => address === asker)
      return step.find((stop) => serverOf(stop)[0] === this.#holder) ?? step[0]
    })
    // Somebody asked past the route: no line of the picture is theirs.
    if (way.includes(undefined)) return undefined
    const nodes = way.map((stop) => stop!.node)
    return {
      kind: 'answered',
      t,
      path: ['client', ...nodes],
      status: Number(status),
      ms: Number(ms),
    }
  }

  /** As the picture says it: a frozen machine is as silent as one without its cable. */
  #stateOf({ server, state }: Extract<Heard, { kind: 'is' }>): LabEvent {
    const shown = state === 'running' ? 'up' : state === 'paused' ? 'cut' : 'killed'
    const stop = this.#steps.flat().find((candidate) => serverOf(candidate).includes(server))
    return { kind: 'server', id: stop?.node ?? server, state: shown }
  }
}

/** The picture of such a lab calls the servers what they are called. */
function ownNames(front: string, scale: readonly string[]): readonly (readonly Stop[])[] {
  const steps = scale.length > 0 ? [[front], scale] : [[front]]
  return steps.map((names) => names.map((node) => ({ node })))
}

const serverOf = ({ node, server = node }: Stop) => (server === null ? [] : [server])

const isHeld = (step: readonly Stop[]) =>
  step.length > 1 && step.every(({ address }) => address === undefined)
