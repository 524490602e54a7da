import { describe, expect, test } from 'vitest'
import { messages as loadTexts } from '../../../.vitepress/theme/explorers/multi-level/level-load-messages.ts'
import * as load from '../../../.vitepress/theme/explorers/multi-level/level-load-session.ts'
import { messages as viewTexts } from '../../../.vitepress/theme/explorers/multi-level/multi-level-messages.ts'
import { messages as staleTexts } from '../../../.vitepress/theme/explorers/multi-level/stale-messages.ts'
import * as stale from '../../../.vitepress/theme/explorers/multi-level/stale-session.ts'
import {
  bringsBack,
  marksOf,
  pictureWords,
  seconds,
  seenAt,
  wordsOf,
} from '../../../.vitepress/theme/explorers/multi-level/stale-words.ts'
import { staleMs, usualSettings } from '../../../snippets/multi-level/stale-story.ts'

const shape = (value: object): unknown =>
  Object.entries(value).map(([key, inner]: [string, unknown]) => [
    key,
    typeof inner === 'object' && inner && !Array.isArray(inner) ? shape(inner) : typeof inner,
  ])

test.each([
  ['the load', loadTexts],
  ['the stale window', staleTexts],
  ['both', viewTexts],
])('the texts of %s are the same in both languages', (_, { en, zh }) =>
  expect(shape(zh)).toEqual(shape(en)),
)

describe('load per level', () => {
  const rows = (set: Partial<load.Settings> = {}) =>
    load.rowsOf(load.loadOf({ ...load.usual, ...set }))
  const asked = (kind: load.Kind, set: Partial<load.Settings> = {}) =>
    rows(set).find((row) => row.kind === kind)!.asked
  const busiest = (set: Partial<load.Settings>) =>
    Math.max(
      ...rows(set)
        .find(({ kind }) => kind === 'near')!
        .bars.map((bar) => bar.asked),
    )
  const full = (set: Partial<load.Settings>) =>
    load.fullFirst(load.loadOf({ ...load.usual, ...set }))

  test('twice the groups: half the load of each, and more for the main level, not less', () => {
    for (const hotPercent of [0, 50, 90]) {
      expect(busiest({ groups: 4, hotPercent }) / busiest({ groups: 2, hotPercent })).toBeCloseTo(
        0.5,
        1,
      )
      expect(asked('main', { groups: 8, hotPercent })).toBeGreaterThan(
        asked('main', { groups: 1, hotPercent }),
      )
    }
  })

  test('larger groups find more, and so does a hotter topic', () => {
    const ratio = (set: Partial<load.Settings>) =>
      rows(set).find(({ kind }) => kind === 'near')!.hitRatio!
    expect(ratio({ entries: 800 })).toBeGreaterThan(ratio({ entries: 200 }))
    expect(ratio({ entries: 200 })).toBeGreaterThan(ratio({ entries: 50 }))
    expect(ratio({ hotPercent: 80 })).toBeGreaterThan(ratio({ hotPercent: 20 }))
  })

  test('a process cache takes the hot topic from the groups, whose own hit ratio falls', () => {
    const [off, on] = [rows({ hotPercent: 80 }), rows({ hotPercent: 80, hasProcess: true })]
    const near = (all: readonly load.Row[]) => all.find(({ kind }) => kind === 'near')!
    expect(near(on).asked).toBeLessThan(0.3 * near(off).asked)
    expect(near(on).hitRatio).toBeLessThan(near(off).hitRatio!)
    expect(on.map(({ kind }) => kind)).toEqual([
      ...['servers', 'process', 'near', 'main', 'database'],
    ])
    expect(off.map(({ kind }) => kind)).not.toContain('process')
  })

  test('groups are full first, until there are so many of them that somebody else is', () => {
    const hot = { hotPercent: 90, entries: 800 } as const
    expect(full({ ...hot, groups: 1 }).by).toBe('near')
    expect(
      full({ ...hot, groups: 2 }).perSecond / full({ ...hot, groups: 1 }).perSecond,
    ).toBeCloseTo(2, 0)
    expect(full({ ...hot, groups: 8 })).toEqual({ perSecond: 1200, by: 'servers' })
  })

  test('every setting has a bar for each server, none longer than its track, and no figure is missing', () => {
    for (const groups of [1, 3, 8])
      for (const entries of load.sizes)
        for (const hasProcess of [false, true]) {
          const all = rows({ groups, entries, hasProcess })
          expect(all.find(({ kind }) => kind === 'near')!.bars).toHaveLength(groups)
          for (const { bars } of all)
            for (const bar of bars) {
              expect(bar.asked).toBeGreaterThan(0)
              expect(bar.asked).toBeLessThanOrEqual(100)
            }
        }
  })

  test('figures have one place more where there is little', () =>
    expect([0.04, 9.94, 9.96, 33.4].map(load.figure)).toEqual(['0.0', '9.9', '10', '33']))
})

describe('the stale window', () => {
  const told = (id: stale.StoryId, steps = Infinity) =>
    stale.tell(stale.newSession(stale.settingsOf(id)), steps)
  const seen = (id: stale.StoryId) =>
    (['web1', 'web2'] as const).map((server) => staleMs(told(id).story, server))

  test('each story ends as its chapter says', () => {
    expect(seen('calm')).toEqual([0, 5])
    expect(seen('near-first')).toEqual([5980, 5980])
    expect(seen('lost')).toEqual([0, 1840])
    expect(seen('missed')).toEqual([3340, 3340])
    expect(seen('slow')).toEqual([12_440, 12_440])
    expect(seen('fenced')).toEqual([0, 5])
    expect(seen('nobody')).toEqual([11_000, 11_000])
    expect(seen('sum')).toEqual([18_800, 17_900])
  })

  test('a story is its settings: whoever chooses others has left it, and may come back', () => {
    for (const id of stale.storyIds) expect(stale.storyOf(stale.settingsOf(id))).toBe(id)
    expect(stale.storyOf({ ...usualSettings, hasProcess: false })).toBe(undefined)
    expect(stale.storyOf({ ...stale.settingsOf('lost'), message: 'in-time' })).toBe('calm')
  })

  test('every moment of every story is told in words, in both languages', () => {
    for (const id of stale.storyIds)
      for (const moment of stale.momentsOf(told(id)))
        for (const texts of [staleTexts.en, staleTexts.zh]) {
          const words = wordsOf(moment, texts)
          expect(words).toMatch(/^.{6}/)
          expect(words).not.toContain('undefined')
        }
    const [deleted] = stale
      .momentsOf(told('near-first'))
      .filter(({ event }) => event.kind === 'deleted' && event.at === 'near1')
    expect(wordsOf(deleted!, staleTexts.en)).toBe(
      'near1 deletes the page. near1 is filled from main: v1. The old page is back.',
    )
    expect(seconds(1065)).toBe('1.065 s')
  })

  test('how long is said at the end, and not before', () => {
    expect(seenAt(told('lost', 3), 'web2', staleTexts.en)).toBe('guess')
    expect(seenAt(told('lost'), 'web2', staleTexts.en)).toBe('for 1.84 s')
    expect(seenAt(told('calm'), 'web2', staleTexts.zh)).toBe('5 ms')
    expect(seenAt(told('calm'), 'web1', staleTexts.en)).toBe('not at all')
  })

  test('told further than its end, or before its beginning, a story stays what it is', () => {
    expect(stale.isOver(told('calm'))).toBe(true)
    expect(told('calm', 99).told).toBe(told('calm').story.moments.length)
    expect(told('calm', -1).told).toBe(0)
    expect(stale.isOver(told('calm', 1))).toBe(false)
  })

  test('the bars of a lane follow one another, and show the last steps', () => {
    for (const id of stale.storyIds)
      for (const most of [5, 23]) {
        const session = told(id)
        const columns = stale.columnsOf(session, most)
        expect(columns).toHaveLength(Math.min(most, session.told + 1))
        const bars = stale.barsOf(columns, session.story.answeredMs)
        expect(new Set(bars.map(({ key }) => key)).size).toBe(bars.length)
        for (const lane of ['web1', 'web2', 'near1', 'near2', 'database'] as const) {
          const own = bars.filter((bar) => bar.lane === lane)
          expect([own[0]!.from, own.at(-1)!.to]).toEqual([0, columns.length])
          own.slice(1).forEach((bar, at) => expect(bar.from).toBe(own[at]!.to))
        }
      }
  })

  test('what is shown after “written”, and old, is marked; on the servers alone', () => {
    const session = told('lost')
    const bars = stale.barsOf(stale.columnsOf(session, 30), session.story.answeredMs)
    const wrong = bars.filter(({ isStale }) => isStale)
    expect(wrong.map(({ lane, version }) => `${lane} ${version}`)).toEqual(['web2 1'])
    const calm = told('near-first')
    const all = stale.barsOf(stale.columnsOf(calm, 30), calm.story.answeredMs)
    expect(new Set(all.flatMap(({ isStale, lane }) => (isStale ? [lane] : [])))).toEqual(
      new Set(['web1', 'web2']),
    )
  })

  test('without a process cache nothing is kept there, and the lane shows what the groups have', () => {
    const session = stale.tell(stale.newSession({ ...usualSettings, hasProcess: false }), 99)
    const columns = stale.columnsOf(session, 30)
    expect(columns.every(({ kept }) => kept.web1 === undefined)).toBe(true)
    const bars = stale.barsOf(columns, session.story.answeredMs)
    expect(bars.filter(({ lane }) => lane === 'web1').map(({ version }) => version)).toEqual([1, 2])
  })

  test('what brings the old page back is marked as bad, and what is refused as warned of', () => {
    const tones = (id: stale.StoryId) =>
      stale
        .momentsOf(told(id))
        .flatMap((moment) => marksOf(moment).map(({ kind, tone, at }) => `${kind} ${tone} ${at}`))
    expect(tones('slow')).toContain('filled bad main')
    expect(tones('fenced')).toContain('failed warn main')
    expect(tones('missed')).toContain('failed bad near2')
    expect(tones('near-first')).toContain('filled bad near1')
    expect(tones('calm').filter((tone) => tone.includes('bad'))).toEqual([])
    expect(stale.momentsOf(told('calm')).some(bringsBack)).toBe(false)
  })

  test('the picture says what both servers show', () =>
    expect(pictureWords(told('lost', 6), staleTexts.en)).toBe(
      'Time line of 6 steps. web1 shows v2, web2 shows v1.',
    ))
})
