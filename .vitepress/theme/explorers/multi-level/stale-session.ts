import {
  usualSettings,
  type Moment,
  type Place,
  type StaleStory,
  type Version,
  type WindowSettings,
} from '../../../../snippets/multi-level/stale-story.ts'
import { playWindow } from '../../../../snippets/multi-level/stale-window.ts'

export interface Session {
  readonly settings: WindowSettings
  readonly story: StaleStory
  /** How many of the story's moments have been told. */
  readonly told: number
}

export const newSession = (settings: WindowSettings): Session => ({
  ...{ settings, told: 0 },
  story: playWindow(settings),
})

export const momentsOf = ({ story, told }: Session): readonly Moment[] =>
  story.moments.slice(0, told)
export const isOver = ({ story, told }: Session): boolean => told >= story.moments.length
export const tell = (session: Session, told: number): Session => ({
  ...session,
  told: Math.max(0, Math.min(told, session.story.moments.length)),
})

export type RuleName = Exclude<keyof WindowSettings, 'hasProcess'>
export const choices: { readonly [Rule in RuleName]: readonly WindowSettings[Rule][] } = {
  order: ['far-first', 'near-first', 'nobody'],
  message: ['in-time', 'late', 'lost'],
  group: ['told', 'missed'],
  slow: ['none', 'from-main', 'from-database'],
  fill: ['plain', 'fenced'],
  ttl: ['own', 'rest'],
}
export const ruleNames = Object.keys(choices) as readonly RuleName[]
export type ProcessChoice = 'on' | 'off'

export const storyIds = [
  ...(['calm', 'near-first', 'lost', 'missed', 'slow', 'fenced', 'nobody', 'sum'] as const),
] as const
export type StoryId = (typeof storyIds)[number]

const stories: Readonly<Record<StoryId, Partial<WindowSettings>>> = {
  calm: {},
  'near-first': { order: 'near-first' },
  lost: { message: 'lost' },
  missed: { group: 'missed' },
  slow: { slow: 'from-database' },
  fenced: { slow: 'from-database', fill: 'fenced' },
  nobody: { order: 'nobody' },
  sum: { order: 'nobody', ttl: 'own' },
}

export const settingsOf = (id: StoryId): WindowSettings => ({ ...usualSettings, ...stories[id] })

/** The story that has these settings; none, if the reader has chosen others. */
export const storyOf = (settings: WindowSettings): StoryId | undefined =>
  storyIds.find((id) => JSON.stringify(settingsOf(id)) === JSON.stringify(settings))

export type Lane = Place | 'database'
export const lanes: readonly Lane[] = ['web1', 'web2', 'near1', 'near2', 'main', 'database']

/** The same version, in one piece: from before step `from` until step `to`. */
export interface Bar {
  readonly key: string
  readonly lane: Lane
  readonly from: number
  readonly to: number
  readonly version: Version
  /** Shown to readers though the writer has been told that it is written. */
  readonly isStale: boolean
}

/** How things stood after a step; number 0 is the start. */
export interface Column extends Pick<Moment, 'kept' | 'database' | 'shows' | 'atMs'> {
  readonly number: number
  readonly moment: Moment | undefined
}

/** The last steps that have room, each as wide as the others. */
export function columnsOf(session: Session, most: number): readonly Column[] {
  const { hasProcess } = session.settings
  const own = hasProcess ? 1 : undefined
  const start: Column = {
    ...{ number: 0, moment: undefined, atMs: 0, database: 1, shows: { web1: 1, web2: 1 } },
    kept: { web1: own, web2: own, near1: 1, near2: 1, main: 1 },
  }
  const columns = momentsOf(session).map((moment, at) => ({ ...moment, number: at + 1, moment }))
  return [start, ...columns].slice(-most)
}

/** Of a web server what it shows, of the others what they keep. */
function versionIn({ kept, database, shows }: Column, lane: Lane): Version | undefined {
  if (lane === 'database') return database
  return lane === 'web1' || lane === 'web2' ? shows[lane] : kept[lane]
}

export function barsOf(columns: readonly Column[], answeredMs: number): readonly Bar[] {
  return lanes.flatMap((lane) => {
    const bars: Bar[] = []
    columns.forEach((column, at) => {
      const version = versionIn(column, lane)
      if (version === undefined) return
      const isShown = lane === 'web1' || lane === 'web2'
      const isAnswered = column.atMs > answeredMs || column.moment?.event.kind === 'answered'
      const isStale = isShown && isAnswered && version === 1
      const last = bars.at(-1)
      if (last && last.to === at && last.version === version && last.isStale === isStale)
        bars[bars.length - 1] = { ...last, to: at + 1 }
      else
        bars.push({ key: `${lane}-${column.number}`, lane, from: at, to: at + 1, version, isStale })
    })
    return bars
  })
}
