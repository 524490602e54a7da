import fc from 'fast-check'
import { expect } from 'vitest'
import type { playFailover } from '../../../snippets/replication/failover.ts'
import {
  redisNames,
  sentinelNames,
  usualSettings,
  type Disturbance,
  type FailoverEvent,
  type FailoverSettings,
  type FailoverStory,
  type Moment,
} from '../../../snippets/replication/failover-story.ts'
import type { Load } from '../nginx/planted-bugs.ts'
import { fuzzSeed } from '../nginx/seeded.ts'

type Play = typeof playFailover

export const loadFailover = async (load: Load): Promise<Play> =>
  ((await load('replication/failover.ts')) as { readonly playFailover: Play }).playFailover

fc.configureGlobal({ seed: fuzzSeed(), endOnFailure: true })

const disturbance: fc.Arbitrary<Disturbance> = fc.record({
  atMs: fc.nat(1000).map((at) => 10 * at),
  server: fc.constantFrom(...redisNames, ...sentinelNames),
  does: fc.constantFrom('killed', 'frozen', 'split', 'back'),
})
const chance = fc.integer({ min: 0, max: 99 }).map((hundredths) => hundredths / 100)
const settings: fc.Arbitrary<FailoverSettings> = fc.record({
  downAfterMs: fc.constantFrom(500, 1000, 3000),
  quorum: fc.constantFrom(1, 2, 3),
  failoverTimeoutMs: fc.constantFrom(1000, 2000),
  promise: fc.constantFrom('at-once', 'min-replicas', 'wait'),
  isTold: fc.boolean(),
  chance: fc.record({ sentinel1: chance, sentinel2: chance, sentinel3: chance }),
})

const goneAt = 3000
/** The master goes after three seconds, and comes back when it is told to. */
const gone = (does: Disturbance['does'], backAt?: number): readonly Disturbance[] => [
  { atMs: goneAt, server: 'redis1', does },
  ...(backAt === undefined ? [] : [{ atMs: backAt, server: 'redis1', does: 'back' } as const]),
]
const withSettings = (some: Partial<FailoverSettings>) => ({ ...usualSettings, ...some })
const of = <Kind extends FailoverEvent['kind']>({ moments }: FailoverStory, kind: Kind) =>
  moments.filter(
    (moment): moment is Moment & { readonly event: { readonly kind: Kind } } =>
      moment.event.kind === kind,
  )
const last = ({ moments }: FailoverStory): Moment => moments.at(-1)!
const lost = ({ writes }: FailoverStory) => writes.filter(({ isLost }) => isLost)

/** True of every right simulation of a failover. */
export const failoverLaws = {
  'a dead master: down-after and a few looks later the copy is master, and everybody knows it': (
    play: Play,
  ) => {
    for (const does of ['killed', 'frozen'] as const) {
      const story = play(usualSettings, gone(does), 8000)
      const order = ['+sdown', '+odown', '+try-failover', '+elected-leader', '+selected-slave']
        .concat('promoted', '+promoted-slave', '+switch-master', 'succeeds')
        .map((kind) => of(story, kind as FailoverEvent['kind'])[0]!.atMs - goneAt)
      expect(order).toEqual(order.toSorted((a, b) => a - b))
      // A ping a second, and the time-out of one: what is killed was last heard up to a second before.
      expect(order[0]).toBeGreaterThan(does === 'killed' ? 0 : usualSettings.downAfterMs)
      expect(order.at(-1)).toBeLessThan(usualSettings.downAfterMs + 1500)
      expect(
        of(story, '+switch-master')
          .map(({ event }) => event.sentinel)
          .sort(),
      ).toEqual(sentinelNames)
      expect(last(story).redis.copy1.role).toBe('master')
      expect(last(story).client).toBe('copy1')
      expect(lost(story)).toEqual([])
    }
  },

  'a stall shorter than down-after promotes nobody': (play: Play) => {
    for (const does of ['frozen', 'split'] as const) {
      const story = play(usualSettings, gone(does, goneAt + 900), 8000)
      expect(of(story, '+odown')).toEqual([])
      expect(lost(story)).toEqual([])
    }
  },

  'a split-off master goes on answering, and what it acknowledges is lost': (play: Play) => {
    const story = play(usualSettings, gone('split', 8000), 24_000)
    const switchedAt = of(story, '+switch-master')[0]!.atMs
    const wrong = lost(story)
    expect(wrong.length).toBeGreaterThan(10)
    for (const { redis, atMs } of wrong) {
      expect(redis).toBe('redis1')
      expect(atMs).toBeGreaterThan(goneAt)
      expect(atMs).toBeLessThan(switchedAt + 100)
    }
    expect(last(story).tally.lost).toBe(wrong.length)
    expect(of(story, 'disturbed').at(-1)!.tally.lost).toBe(wrong.length)
    expect(of(story, 'resynced').map(({ event }) => event.answer)).toEqual([
      { kind: 'full', why: 'ahead' },
    ])
  },

  'a client that asks nobody loses more, until the old master is made a copy': (play: Play) => {
    const lossBy = (isTold: boolean) =>
      lost(play(withSettings({ isTold }), gone('split', 8000), 24_000)).length
    expect(lossBy(false)).toBeGreaterThan(4 * lossBy(true))
    const story = play(withSettings({ isTold: false }), gone('split', 8000), 24_000)
    expect(of(story, 'moves')[0]!.atMs).toBeGreaterThan(of(story, '+convert-to-slave')[0]!.atMs)
  },

  'min-replicas-to-write bounds the loss, and refuses all while the promoted one is alone': (
    play: Play,
  ) => {
    const careful = withSettings({ promise: 'min-replicas', downAfterMs: 3000 })
    const story = play(careful, gone('split', 12_000), 30_000)
    const wrong = lost(story)
    expect(wrong.length).toBeGreaterThan(0)
    for (const { atMs } of wrong) expect(atMs).toBeLessThan(goneAt + 2000)
    const convertedAt = of(story, '+convert-to-slave')[0]!.atMs
    const alone = story.writes.filter(({ atMs, redis }) => redis === 'copy1' && atMs < convertedAt)
    expect(alone.length).toBeGreaterThan(50)
    expect(alone.filter(({ outcome }) => outcome === 'acknowledged')).toEqual([])
    expect(story.writes.at(-1)!.outcome).toBe('acknowledged')
  },

  'WAIT, and the Sentinels’ word when the copy is down: nothing promised is lost, and soon all is':
    (play: Play) => {
      for (const does of ['split', 'frozen', 'killed'] as const) {
        const story = play(withSettings({ promise: 'wait' }), gone(does, 8000), 24_000)
        expect(lost(story)).toEqual([])
        const late = story.writes.filter(({ atMs }) => atMs > goneAt + 3000)
        expect(late.filter(({ outcome }) => outcome !== 'acknowledged')).toEqual([])
      }
      const noCopy = [{ atMs: goneAt, server: 'copy1', does: 'killed' }] as const
      const { writes } = play(withSettings({ promise: 'wait' }), noCopy, 12_000)
      expect(writes.some(({ outcome }) => outcome === 'refused')).toBe(true)
      expect(writes.at(-1)!.outcome).toBe('acknowledged')
    },

  'of three Sentinels two dead promote nobody, whatever the quorum': (play: Play) => {
    const dead = (['sentinel2', 'sentinel3'] as const).map((server): Disturbance => ({
      atMs: 1000,
      server,
      does: 'killed',
    }))
    const story = play(withSettings({ quorum: 1 }), [...dead, ...gone('killed')], 20_000)
    expect(of(story, '+odown')).toHaveLength(1)
    expect(of(story, '-failover-abort-not-elected').length).toBeGreaterThan(2)
    expect(of(story, 'promoted')).toEqual([])
    const tries = of(story, '+try-failover').map(({ atMs }) => atMs)
    // Twice the failover-timeout lies between two attempts.
    expect(tries[1]! - tries[0]!).toBeGreaterThanOrEqual(2 * usualSettings.failoverTimeoutMs)
    expect(tries[1]! - tries[0]!).toBeLessThan(2 * usualSettings.failoverTimeoutMs + 200)
  },

  'one Sentinel dead: the other two promote, and it hears of it when it is back': (play: Play) => {
    const sleeper: readonly Disturbance[] = [
      { atMs: 1000, server: 'sentinel1', does: 'killed' },
      { atMs: 10_000, server: 'sentinel1', does: 'back' },
    ]
    const story = play(usualSettings, [...sleeper, ...gone('killed')], 14_000)
    expect(of(story, 'promoted')).toHaveLength(1)
    const learned = of(story, '+switch-master').find(({ event }) => event.sentinel === 'sentinel1')!
    expect(learned.atMs).toBeGreaterThanOrEqual(10_000)
    expect(last(story).sentinels.sentinel1.master).toBe('copy1')
  },

  'a quorum of three is not to be had with one Sentinel dead': (play: Play) => {
    const dead: Disturbance = { atMs: 1000, server: 'sentinel1', does: 'killed' }
    const story = play(withSettings({ quorum: 3 }), [dead, ...gone('killed')], 12_000)
    expect(of(story, '+odown')).toEqual([])
    expect(of(story, 'promoted')).toEqual([])
  },

  'the old master is made a copy eight seconds or more after it is back, and goes on if it can': (
    play: Play,
  ) => {
    const expected = {
      frozen: 'partial',
      killed: 'another-stream',
      split: 'ahead',
    } as const
    for (const does of ['frozen', 'killed', 'split'] as const) {
      const story = play(usualSettings, gone(does, 8000), 24_000)
      const [converted] = of(story, '+convert-to-slave')
      expect(converted!.atMs - 8000).toBeGreaterThan(8000)
      expect(converted!.atMs - 8000).toBeLessThan(12_000)
      const answers = of(story, 'resynced').map(({ event: { answer } }) =>
        answer.kind === 'partial' ? 'partial' : answer.why,
      )
      expect(answers).toEqual([expected[does]])
      const { redis } = last(story)
      expect(redis.redis1).toMatchObject({ role: 'copy', offset: redis.copy1.offset })
    }
  },

  'a master that comes back empty before anybody misses it wipes its copy': (play: Play) => {
    const story = play(usualSettings, gone('killed', goneAt + 400), 8000)
    expect(of(story, 'promoted')).toEqual([])
    expect(lost(story).length).toBe(30)
    expect(last(story).redis.copy1.role).toBe('copy')
  },

  'without a copy that answers nobody is promoted, and the attempt ends': (play: Play) => {
    const noCopy: Disturbance = { atMs: goneAt, server: 'copy1', does: 'killed' }
    const story = play(usualSettings, [noCopy, ...gone('killed')], 8000)
    expect(of(story, '-failover-abort-no-good-slave').length).toBeGreaterThan(0)
    expect(of(story, '+selected-slave')).toEqual([])
    expect(of(story, 'promoted')).toEqual([])
  },

  'what comes later changes nothing before it': (play: Play) =>
    fc.assert(
      fc.property(settings, fc.array(disturbance, { maxLength: 6 }), (settings, disturbances) => {
        const sorted = disturbances.toSorted((a, b) => a.atMs - b.atMs)
        const cutMs = sorted.at(-1)?.atMs ?? 5000
        const whole = play(settings, sorted, 12_000).moments
        const part = play(settings, sorted.slice(0, -1), 12_000).moments
        const before = (moments: readonly Moment[]) => moments.filter(({ atMs }) => atMs < cutMs)
        expect(before(whole)).toEqual(before(part))
      }),
      { numRuns: 15 },
    ),

  'whatever happens: one leader an epoch, epochs only grow, and nobody is promoted without a majority':
    (play: Play) =>
      fc.assert(
        fc.property(settings, fc.array(disturbance, { maxLength: 8 }), (settings, disturbances) => {
          const story = play(settings, disturbances, 12_000)
          const epochs = of(story, '+elected-leader').map(({ event }) => event.epoch)
          expect(epochs).toEqual([...new Set(epochs)].sort((a, b) => a - b))
          for (const { event, sentinels } of of(story, '+elected-leader')) {
            const votes = sentinelNames.filter(
              (name) =>
                sentinels[name].ballot?.epoch === event.epoch &&
                sentinels[name].ballot.leader === event.sentinel,
            )
            expect(votes.length).toBeGreaterThanOrEqual(Math.max(2, settings.quorum))
          }
          const { writes } = story
          expect(writes.map(({ number }) => number)).toEqual([...writes.keys()])
          for (const { sentinels } of story.moments)
            for (const name of sentinelNames) {
              const { ballot, epoch } = sentinels[name]
              expect(ballot?.epoch ?? 0).toBeLessThanOrEqual(epoch)
            }
        }),
        { numRuns: 25 },
      ),
} satisfies Readonly<Record<string, (play: Play) => void>>

export type FailoverLaw = keyof typeof failoverLaws
