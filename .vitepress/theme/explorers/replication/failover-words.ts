import {
  sentinelNames,
  type FailoverEvent,
  type Moment,
  type SentinelName,
  type SentinelView,
} from '../../../../snippets/replication/failover-story.ts'
import type { FailoverTexts } from './failover-messages.ts'
import { momentsOf, sceneOf, type Session } from './failover-session.ts'

/** `3.75 s` in both languages. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`

/** What has happened, in a sentence. */
export function wordsOfEvent(event: FailoverEvent, texts: FailoverTexts): string {
  const { events } = texts
  switch (event.kind) {
    case 'disturbed':
      return events[event.by.does](event.by.server)
    case '+sdown':
    case '-sdown':
    case '-odown':
    case '+convert-to-slave':
    case '+switch-master':
    case '+selected-slave':
    case '+promoted-slave':
      return events[event.kind](event.sentinel, event.redis)
    case '+odown':
      return events[event.kind](event.sentinel, event.redis, event.opinions)
    case '+try-failover':
    case '+elected-leader':
    case '-failover-abort-not-elected':
      return events[event.kind](event.sentinel, event.epoch)
    case '+vote-for-leader':
      return events[event.kind](event.sentinel, event.ballot.leader, event.ballot.epoch)
    case '-failover-abort-no-good-slave':
      return events[event.kind](event.sentinel)
    case 'promoted':
    case 'moves':
      return events[event.kind](event.redis)
    case 'fails':
    case 'succeeds':
      return events[event.kind](event.redis, seconds(event.gapMs))
    case 'resynced':
      return event.answer.kind === 'partial'
        ? events.partial(event.redis, event.answer.bytes)
        : events.full(event.redis)
  }
}

/** As Sentinel's log has it, where it has one. */
export const logWord = ({ kind }: FailoverEvent): string | undefined =>
  /^[+-]/.test(kind) ? kind : undefined

export const wordsOf = ({ atMs, event }: Moment, texts: FailoverTexts): string =>
  texts.join([seconds(atMs), wordsOfEvent(event, texts)])

/** A row of the table of Sentinels. */
export const rowOf = (
  name: SentinelName,
  { isUp, master, sees, epoch, ballot }: SentinelView,
  texts: FailoverTexts,
): readonly string[] =>
  isUp
    ? [name, master, texts.sees[sees], `${epoch}`, ballot?.leader ?? texts.nobody]
    : [name, texts.dead, '', '', '']

/** All that the picture shows, as it is now. */
export function pictureWords(session: Session, texts: FailoverTexts): string {
  const { redis, sentinels, client, tally } = sceneOf(session)
  return texts.pictureWords({
    moments: momentsOf(session).length,
    masters: (['redis1', 'copy1'] as const).filter(
      (name) => redis[name].role === 'master' && redis[name].state !== 'killed',
    ),
    believed: sentinelNames
      .filter((name) => sentinels[name].isUp)
      .map((name) => texts.holds(name, sentinels[name].master, texts.sees[sentinels[name].sees])),
    client,
    tally: texts.tally(tally),
  })
}
