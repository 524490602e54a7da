import {
  staleMs,
  type Moment,
  type WebServer,
  type WindowEvent,
} from '../../../../snippets/multi-level/stale-story.ts'
import type { StaleTexts } from './stale-messages.ts'
import { columnsOf, isOver, type Lane, type Session } from './stale-session.ts'

/** `1.065 s` in both languages. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(3)} s`
/** `5 ms`, `5.98 s` */
export const length = (ms: number): string =>
  ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(2)} s`

function wordsOfEvent(event: WindowEvent, { events, lanes, list }: StaleTexts): string {
  switch (event.kind) {
    case 'slow-reads':
      return events['slow-reads'](lanes[event.from])
    case 'expired':
      return events.expired(list(event.at.map((place) => lanes[place])))
    case 'written':
    case 'answered':
      return events[event.kind]('')
    default:
      return events[event.kind](lanes[event.at])
  }
}

/** The old version comes to where it has just been deleted. */
export const bringsBack = ({ event, refills, database }: Moment): boolean =>
  database === 2 && (event.kind === 'filled-late' || refills.some(({ version }) => version === 1))

/** What has happened, and what the next readers leave behind. */
export function wordsOf(moment: Moment, texts: StaleTexts): string {
  const { event, refills } = moment
  return texts.join([
    wordsOfEvent(event, texts),
    ...refills.map(({ at, from, version }) =>
      texts.refilled(texts.lanes[at], texts.lanes[from], version),
    ),
    ...(bringsBack(moment) ? [texts.oldIsBack] : []),
  ])
}

/** How long the old was seen: told at the end, so that it can be guessed. */
export function seenAt(session: Session, server: WebServer, texts: StaleTexts): string {
  if (!isOver(session)) return texts.notYet
  const ms = staleMs(session.story, server)
  return ms === 0 ? texts.never : texts.forHowLong(length(ms))
}

export function pictureWords(session: Session, texts: StaleTexts): string {
  const { shows } = columnsOf(session, 1)[0]!
  return texts.pictureWords(
    session.told,
    (['web1', 'web2'] as const).map((server) => texts.shows(server, shows[server])),
  )
}

/** What is to be marked in a step's column: on a lane, or from one lane to another. */
export interface Mark {
  readonly key: string
  readonly tone: 'good' | 'bad' | 'warn'
  readonly kind: 'deleted' | 'failed' | 'filled'
  readonly from: Lane | undefined
  readonly at: Lane
}

export function marksOf({ event, refills }: Moment): readonly Mark[] {
  const own: Mark[] = []
  const mark = (part: Pick<Mark, 'tone' | 'kind' | 'at'>, from?: Lane) =>
    own.push({ ...part, from, key: `${part.kind}-${part.at}` })
  if (event.kind === 'deleted') mark({ kind: 'deleted', tone: 'good', at: event.at })
  if (event.kind === 'missed' || event.kind === 'lost')
    mark({ kind: 'failed', tone: 'bad', at: event.at })
  if (event.kind === 'refused') mark({ kind: 'failed', tone: 'warn', at: event.at })
  if (event.kind === 'filled-late') mark({ kind: 'filled', tone: 'bad', at: event.at })
  if (event.kind === 'written') mark({ kind: 'filled', tone: 'good', at: 'database' })
  if (event.kind === 'slow-reads') mark({ kind: 'filled', tone: 'warn', at: event.from })
  for (const { at, from, version } of refills)
    mark({ kind: 'filled', tone: version === 1 ? 'bad' : 'good', at }, from)
  return own
}
