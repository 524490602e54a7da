import type { ServerChoice } from '../../../../snippets/nginx/choose-virtual-server.ts'
import type { Considered, Verdict } from '../../../../snippets/nginx/explain-location.ts'
import type { WhoAnswers } from '../../../../snippets/nginx/answer.ts'
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

/** The result in a sentence or two, or what is wrong with the question; `problemsOf` has the rest. */
export function resultOf(asked: Asked, texts: LocationTexts): string {
  switch (asked.kind) {
    case 'wrong-config':
      return ''
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
    case 'no-tls':
      return texts.noTls
    case 'bad-request':
      return texts.badRequest[answer.because]
    case 'gave-up':
      return texts.gaveUp(answer.pattern)
    case 'server-returns':
      return texts.serverReturns(answer.step.line)
    case 'no-location':
      return texts.noLocation
    default: {
      const { choice } = answer
      const { title, name } = choice.winner!
      const first = choice.isRedirect ? texts.redirects(name) : texts.wins(title)
      const isCaret = choice.endedBy === 'prefix' && choice.prefix?.endsSearch
      return texts.join([first, texts.why[isCaret ? 'caret' : choice.endedBy]])
    }
  }
}

/** So many problems are told at once. */
const mostProblems = 12

/** All that is wrong with the configuration, a sentence or two each. */
export function problemsOf(asked: Asked, texts: LocationTexts): readonly string[] {
  if (asked.kind !== 'wrong-config') return []
  const { problems } = asked
  const told = problems.slice(0, mostProblems).map(({ line, problem }) => {
    const hints = 'hint' in problem && problem.hint ? [texts.hint(problem.hint)] : []
    return `${texts.line(line)}: ${texts.join([texts.problem(problem), ...hints])}`
  })
  const more = problems.length - told.length
  return more > 0 ? [...told, texts.moreProblems(more)] : told
}

/** What the answer holds under, and what nginx may do next. */
export function notesOf(asked: Asked, texts: LocationTexts): readonly string[] {
  if (asked.kind !== 'answered') return []
  const { answer, remarks } = asked
  const way = 'before' in answer ? answer : undefined
  return [
    ...answer.names.map(texts.pointsTo),
    ...(way && way.before.length > 0 ? [texts.before(way.before)] : []),
    ...(way && way.after.length > 0 ? [texts.after(way.after)] : []),
    ...(way?.next.map(texts.next) ?? []),
    ...remarks.swallowed.map(texts.hint),
    ...remarks.includes.map(({ file, line }) => texts.include(file, line)),
    ...(remarks.passedOver.length > 0 ? [texts.passedOver(remarks.passedOver)] : []),
    ...(remarks.ofOtherModules.length > 0 ? [texts.ofOtherModules(remarks.ofOtherModules)] : []),
  ]
}

/** What to mark in the text: the winner, or the lines that are wrong. */
export function marksOf(asked: Asked) {
  if (asked.kind === 'wrong-config')
    return asked.problems.map(({ line }) => ({ from: line, to: line, kind: 'wrong' as const }))
  if (asked.kind !== 'answered') return []
  const { answer } = asked
  if (answer.outcome === 'server-returns')
    return [{ from: answer.step.line, to: answer.step.line, kind: 'wins' as const }]
  if (!('choice' in answer)) return []
  const { choice, server } = answer
  const { line: from, lastLine: to } = choice.winner ?? {
    line: server.server.line,
    lastLine: server.server.line,
  }
  return [{ from, to, kind: 'wins' as const }]
}
