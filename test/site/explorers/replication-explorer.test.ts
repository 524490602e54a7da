import { describe, expect, test } from 'vitest'
import { messages as copyingTexts } from '../../../.vitepress/theme/explorers/replication/copying-messages.ts'
import * as copying from '../../../.vitepress/theme/explorers/replication/copying-session.ts'
import {
  pictureWords as copyingWords,
  wordsOf as wordsOfMove,
} from '../../../.vitepress/theme/explorers/replication/copying-words.ts'
import { messages as failoverTexts } from '../../../.vitepress/theme/explorers/replication/failover-messages.ts'
import {
  barsOf,
  columnsOf,
  lanes,
  votesOf,
} from '../../../.vitepress/theme/explorers/replication/failover-picture.ts'
import * as failover from '../../../.vitepress/theme/explorers/replication/failover-session.ts'
import {
  pictureWords,
  wordsOf,
} from '../../../.vitepress/theme/explorers/replication/failover-words.ts'
import { messages as replicationTexts } from '../../../.vitepress/theme/explorers/replication/replication-messages.ts'
import { usualSettings } from '../../../snippets/replication/failover-story.ts'

const shape = (value: object): unknown =>
  Object.entries(value).map(([key, inner]: [string, unknown]) => [
    key,
    typeof inner === 'object' && inner && !Array.isArray(inner) ? shape(inner) : typeof inner,
  ])

test.each([
  ['copying', copyingTexts],
  ['failover', failoverTexts],
  ['both', replicationTexts],
])('the texts of %s are the same in both languages', (_, { en, zh }) =>
  expect(shape(zh)).toEqual(shape(en)),
)

describe('what a copy has', () => {
  const told = (id: copying.StoryId, backlog: copying.BacklogSize, steps = Infinity) =>
    copying.stories[id].slice(0, steps).reduce(copying.make, copying.newSession(backlog))
  const answers = (session: copying.Session) =>
    session.played.flatMap(({ answer }) => (answer ? [answer] : []))

  test.each(Object.keys(copying.stories) as copying.StoryId[])(
    'every step of the story "%s" can be made',
    (id) => expect(told(id, 16).played).toHaveLength(copying.stories[id].length),
  )

  test('away for a little the copy gets the rest; for longer everything, unless the backlog is larger', () => {
    expect(answers(told('short', 16))).toEqual([{ kind: 'partial', bytes: 12 * 1024 }])
    expect(answers(told('long', 16))).toEqual([{ kind: 'full', why: 'too-late' }])
    expect(answers(told('long', 64))).toEqual([{ kind: 'partial', bytes: 24 * 1024 }])
  })

  test('a master that begins anew empties its copy', () => {
    const { copy, master } = copying.worldOf(told('empty', 64, 3))
    expect(answers(told('empty', 64))).toEqual([{ kind: 'full', why: 'another-stream' }])
    expect([copy.offset, copy.id, master.id]).toEqual([0, 'B', 'B'])
  })

  test('who sleeps is not sent to sleep again, nor woken twice, and there is an end', () => {
    const asleep = copying.make(copying.newSession(16), { kind: 'sleeps' })
    expect(copying.make(asleep, { kind: 'sleeps' })).toBe(asleep)
    const awake = copying.make(asleep, { kind: 'wakes' })
    expect(copying.make(awake, { kind: 'wakes' })).toBe(awake)
    const full = Array.from({ length: copying.mostMoves }, () => 'restarts' as const).reduce(
      (session, kind) => copying.make(session, { kind }),
      copying.newSession(16),
    )
    expect(full.played).toHaveLength(copying.mostMoves)
    expect(copying.make(full, { kind: 'restarts' })).toBe(full)
    expect(copying.worldOf(full).master.id).toMatch(/^[A-Z]$/)
  })

  test('a step and the picture are told in words', () => {
    const session = told('short', 16, 5)
    expect(wordsOfMove(session.played.at(-1)!, copyingTexts.en)).toBe(
      'The copy wakes and connects. It asks for what comes after its offset, and gets 12 kB: partial.',
    )
    const asleep = copying.worldOf(told('short', 16, 4))
    expect(copyingWords(asleep, copyingTexts.en)).toBe(
      'Two bars. Master: stream A 36 kB, the last 16 kB of it in the backlog. Copy: stream A 24 kB, asleep. Lag: 12 kB.',
    )
  })
})

describe('who takes over', () => {
  const told = (id: failover.StoryId, steps = Infinity) => {
    const { disturbances } = failover.stories[id]
    let session = failover.newSession(failover.settingsOf(id), disturbances)
    for (let count = 0; count < steps && !failover.isOver(session); count++)
      session = failover.step(session)
    return session
  }
  const ends = (id: failover.StoryId) => failover.sceneOf(told(id))

  test('each story ends as its chapter says', () => {
    expect(ends('dies')).toMatchObject({ client: 'copy1', tally: { lost: 0 } })
    expect(ends('dies').redis.redis1.role).toBe('copy')
    expect(ends('stalls')).toMatchObject({ client: 'redis1', tally: { lost: 0 } })
    expect(ends('split').tally.lost).toBeGreaterThan(10)
    expect(ends('careful').tally.lost).toBeGreaterThan(0)
    expect(ends('careful').tally.lost).toBeLessThan(ends('split').tally.lost)
    expect(ends('careful').tally.refused).toBeGreaterThan(100)
    expect(ends('promised').tally).toMatchObject({ lost: 0 })
    expect(ends('few')).toMatchObject({ client: 'redis1', isFailing: true })
    expect(ends('empty').tally.lost).toBeGreaterThan(20)
  })

  test('every moment of every story is told in words, in both languages', () => {
    for (const id of Object.keys(failover.stories) as failover.StoryId[])
      for (const moment of failover.momentsOf(told(id)))
        for (const texts of [failoverTexts.en, failoverTexts.zh]) {
          const words = wordsOf(moment, texts)
          expect(words).toMatch(/^\d+\.\d\d s[:：].{6}/)
          expect(words).not.toContain('undefined')
        }
  })

  test('what the reader does comes after what has been told, and leaves that as it was', () => {
    const before = told('dies', 3)
    const after = failover.disturb(before, 'sentinel2', 'killed')
    expect(failover.momentsOf(after).slice(0, 3)).toEqual(failover.momentsOf(before))
    const { event, atMs } = failover.momentsOf(after).at(-1)!
    expect(event).toMatchObject({ kind: 'disturbed', by: { server: 'sentinel2' } })
    expect(atMs).toBeGreaterThan(failover.sceneOf(before).atMs)
    // The story would have brought redis1 back.
    expect(after.disturbances.filter(({ does }) => does === 'back')).toEqual([])
  })

  test('what cannot be done to a server is not done', () => {
    const quiet = failover.newSession(usualSettings, [])
    expect(failover.disturb(quiet, 'redis1', 'back')).toBe(quiet)
    expect(failover.possible(quiet, 'sentinel1')).toEqual(['killed'])
    const dead = failover.disturb(quiet, 'redis1', 'killed')
    expect(failover.possible(dead, 'redis1')).toEqual(['back'])
    expect(failover.disturb(dead, 'redis1', 'split')).toBe(dead)
    const split = failover.disturb(quiet, 'copy1', 'split')
    expect(failover.possible(split, 'copy1')).toEqual(['killed', 'frozen', 'back'])
  })

  test('the bars of a lane follow one another without a gap, and show the last steps', () => {
    for (const most of [13, 27]) {
      const columns = columnsOf(told('dies'), most)
      expect(columns).toHaveLength(Math.min(most, told('dies').told + 1))
      const bars = barsOf(columns)
      for (const lane of lanes) {
        const own = bars.filter((bar) => bar.lane === lane)
        expect(own[0]!.from).toBe(0)
        expect(own.at(-1)!.to).toBe(columns.length)
        own.slice(1).forEach((bar, at) => expect(bar.from).toBe(own[at]!.to))
      }
      expect(new Set(bars.map(({ key }) => key)).size).toBe(bars.length)
    }
  })

  test('each vote stands in its voter’s lane, with the number of the one for whom it is', () => {
    const votes = votesOf(columnsOf(told('dies'), 40))
    expect(new Set(votes.map(({ lane }) => lane)).size).toBe(3)
    expect(new Set(votes.map(({ figure }) => figure)).size).toBe(1)
    expect(votesOf(columnsOf(told('few'), 40)).map(({ lane }) => lane.slice(-1))).toEqual(
      votesOf(columnsOf(told('few'), 40)).map(({ figure }) => figure),
    )
  })

  test('a split shows two masters, and the words name both', () => {
    const steps = failover
      .momentsOf(told('split'))
      .findIndex(({ event }) => event.kind === 'promoted')
    const session = told('split', steps + 1)
    const now = barsOf(columnsOf(session, 27)).filter(({ to }) => to === session.told + 1)
    const looks = Object.fromEntries(now.map(({ lane, master, state }) => [lane, [master, state]]))
    expect(looks).toMatchObject({
      redis1: ['redis1', 'split'],
      copy1: ['copy1', 'well'],
      client: ['redis1', 'well'],
    })
    expect(pictureWords(session, failoverTexts.en)).toContain('Master: redis1 and copy1.')
  })
})
