import type { TrafficEvent } from '../../../snippets/sim/event.ts'
import type { StageNode } from '../../../snippets/sim/stage.ts'
import type { Transcript } from './messages.ts'

/** The same thing is said again only after so long, and when something else was said between. */
const repeatMs = 300

/** Puts into words what changed: kills, take-overs, full queues, errors. Never every request. */
export class Narrator {
  readonly #nodes: readonly StageNode[]
  readonly #said = new Map<string, number>()
  /** Servers that are left out at present. */
  readonly #out = new Set<string>()
  /** Spares that have not run yet, and those that have just come to run for the first time. */
  readonly #spares: Set<string>
  readonly #newcomers = new Set<string>()
  #last: string | undefined

  /** `nodes`: of the stage, to know whose address is whose; none: nobody's moves. */
  constructor(nodes: readonly StageNode[] = []) {
    this.#nodes = nodes
    this.#spares = new Set(nodes.filter(({ isSpare }) => isSpare).map(({ id }) => id))
  }

  tell(
    events: readonly TrafficEvent[],
    words: Transcript,
    nameOf: (id: string) => string,
  ): string[] {
    return events.flatMap((event) => {
      const sentence =
        this.#ofAddress(event, words, nameOf) ??
        this.#ofSpare(event, words, nameOf) ??
        sentenceFor(event, words, nameOf)
      if (sentence === undefined) return []
      const isNews =
        sentence !== this.#last && event.t - (this.#said.get(sentence) ?? -Infinity) >= repeatMs
      if (!isNews && event.kind !== 'state') return []
      this.#said.set(sentence, event.t)
      this.#last = sentence
      return [sentence]
    })
  }

  /** Of two directors with one virtual IP: that it has changed hands. */
  #ofAddress(
    event: TrafficEvent,
    words: Transcript,
    nameOf: (id: string) => string,
  ): string | undefined {
    if (event.kind !== 'left-out' && event.kind !== 'taken-back') return undefined
    const { at, by, kind } = event
    const holders = sharers(this.#nodes, at, by)
    const holder = () => holders.find((id) => !this.#out.has(id))
    const before = holder()
    if (kind === 'left-out') this.#out.add(at)
    else this.#out.delete(at)
    const now = holder()
    if (now === undefined || now === before) return undefined
    return kind === 'left-out'
      ? words.movesTo(nameOf(at), nameOf(now))
      : words.movesBack(nameOf(at))
  }

  /** Who has never run is not back, and does not answer again. */
  #ofSpare(
    event: TrafficEvent,
    words: Transcript,
    nameOf: (id: string) => string,
  ): string | undefined {
    if (event.kind === 'taken-back' && this.#newcomers.has(event.at))
      return words.getsShare(nameOf(event.at))
    if (event.kind !== 'state') return undefined
    this.#newcomers.delete(event.at)
    // In a lab a spare may be stopped before anybody has counted on it.
    const wasSpare = this.#spares.delete(event.at)
    if (event.state !== 'up' || !wasSpare) return undefined
    this.#newcomers.add(event.at)
    return words.joins(nameOf(event.at))
  }
}

/** Those who share the address that `by` knows this director by, the first holder first. */
function sharers(nodes: readonly StageNode[], at: string, by: string): readonly string[] {
  if (nodes.find(({ id }) => id === at)?.tier !== 'l4') return []
  const caller = nodes.find(({ id }) => id === by)
  const call = caller?.calls.find(({ to, pick }) => pick === 'first' && to.includes(at))
  return call && call.to.length > 1 ? call.to : []
}

function sentenceFor(
  event: TrafficEvent,
  words: Transcript,
  nameOf: (id: string) => string,
): string | undefined {
  switch (event.kind) {
    case 'state':
      return words[event.state](nameOf(event.at))
    case 'left-out':
      return words.leftOut(nameOf(event.at))
    case 'taken-back':
      return words.takenBack(nameOf(event.at))
    case 'promoted':
    case 'follows':
      return words[event.kind](nameOf(event.at), nameOf(event.of))
    case 'rejected':
      return words.full(nameOf(event.at))
    case 'ended':
      if (event.status === 200) return undefined
      return event.status === 0 ? words.noAnswer : words.error(event.status)
    default:
      return undefined
  }
}
