import type { TrafficEvent } from '../../../snippets/sim/event.ts'
import type { Words } from '../../../snippets/sim/stage.ts'
import type { Transcript } from './messages.ts'

/** The same thing is said again only after so long. */
const repeatMs = 300

/** Puts into words what changed: kills, take-overs, full queues, errors. Never every request. */
export class Narrator {
  readonly #said = new Map<string, number>()

  tell(
    events: readonly TrafficEvent[],
    words: Transcript,
    nameOf: (id: string) => string,
  ): string[] {
    return events.flatMap((event) => {
      const sentence = sentenceFor(event, words, nameOf)
      if (sentence === undefined) return []
      const isNews = event.t - (this.#said.get(sentence) ?? -Infinity) >= repeatMs
      if (!isNews && event.kind !== 'state') return []
      this.#said.set(sentence, event.t)
      return [sentence]
    })
  }
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
    case 'rejected':
      return words.full(nameOf(event.at))
    case 'ended':
      if (event.status === 200) return undefined
      return event.status === 0 ? words.noAnswer : words.error(event.status)
    default:
      return undefined
  }
}

export const inLanguage = (words: Words, lang: string): string =>
  lang.startsWith('zh') ? words.zh : words.en
