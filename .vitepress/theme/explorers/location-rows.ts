import type { ServerChoice } from '../../../snippets/nginx/choose-virtual-server.ts'
import type { Considered, Verdict } from '../../../snippets/nginx/explain-location.ts'
import type { WhoAnswers } from '../../../snippets/nginx/answer.ts'
import type { ConsideredRow } from './ConsideredList.vue'
import type { LocationTexts } from './location-messages.ts'
import type { Asked } from './location-question.ts'

const tones: Readonly<Record<Verdict['kind'], ConsideredRow['tone']>> = {
  wins: 'wins',
  redirects: 'wins',
  remembered: 'kept',
  opens: 'kept',
  shorter: 'no',
  'no-match': 'no',
  'not-asked': 'unasked',
  unreachable: 'unasked',
  named: 'unasked',
}

export const locationRows = (
  considered: readonly Considered[],
  texts: LocationTexts,
): readonly ConsideredRow[] =>
  considered.map(({ location, depth, verdict }) => ({
    key: `${location.line} ${location.title}`,
    title: location.title,
    line: texts.line(location.line),
    depth,
    tone: tones[verdict.kind],
    verdict: texts.verdict(verdict),
  }))

export const nameRows = (
  { considered }: ServerChoice,
  texts: LocationTexts,
): readonly ConsideredRow[] =>
  considered.map(({ server, name, verdict }, index) => ({
    key: `${index}`,
    title: name.text === '' ? texts.noName : name.text,
    line: texts.line(name.line || server.line),
    depth: 0,
    tone: ({ wins: 'wins', 'matches-later': 'no', 'no-match': 'no', ignored: 'unasked' } as const)[
      verdict
    ],
    verdict: texts.names[verdict],
  }))

/** The result in a sentence or two, or what is wrong with the question. */
export function resultOf(asked: Asked, texts: LocationTexts): string {
  switch (asked.kind) {
    case 'wrong-config':
      return `${texts.line(asked.error.line)}: ${texts.problem(asked.error.problem)}`
    case 'wrong-url':
      return texts.wrongUrl
    case 'no-server':
      return texts.noServer
    case 'answered':
      return inWords(asked.answer, texts)
  }
}

function inWords(answer: WhoAnswers, texts: LocationTexts): string {
  switch (answer.outcome) {
    case 'nobody-listens':
      return texts.nobodyListens
    case 'bad-request':
      return texts.badRequest[answer.because]
    case 'no-location':
      return texts.noLocation
    default: {
      const { choice } = answer
      const { title, name } = choice.winner!
      const first = choice.isRedirect ? texts.redirects(name) : texts.wins(title)
      const isCaret = choice.endedBy === 'prefix' && choice.prefix?.endsSearch
      return first + texts.gap + texts.why[isCaret ? 'caret' : choice.endedBy]
    }
  }
}

/** What to mark in the text: the winner, or the line that is wrong. */
export function marksOf(asked: Asked) {
  if (asked.kind === 'wrong-config')
    return [{ from: asked.error.line, to: asked.error.line, kind: 'wrong' as const }]
  if (asked.kind !== 'answered' || !('choice' in asked.answer)) return []
  const { choice, server } = asked.answer
  const { line: from, lastLine: to } = choice.winner ?? {
    line: server.server.line,
    lastLine: server.server.line,
  }
  return [{ from, to, kind: 'wins' as const }]
}
