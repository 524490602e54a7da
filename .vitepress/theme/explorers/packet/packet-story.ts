import type { Ending } from '../../../../snippets/lvs/journey.ts'
import { nameOf, type PacketTexts } from './packet-messages.ts'
import type { Step } from './packet-question.ts'

/** What happens at this step, and why. */
export const sentenceOf = ({ frame }: Step, texts: PacketTexts): string =>
  texts.by[frame.why](nameOf(texts, frame.from), nameOf(texts, frame.to))

/** How it ended for the reader, and what the director saw of it. */
export function endingOf(ending: Ending, texts: PacketTexts): string {
  const at = nameOf(texts, ending.at)
  if (ending.outcome === 'silence') return texts.silences[ending.because](at)
  if (ending.outcome === 'refused') return texts.refused(at)
  return [texts.connected(at), texts.sees[ending.director]].join(
    /[。]$/.test(texts.connected(at)) ? '' : ' ',
  )
}
