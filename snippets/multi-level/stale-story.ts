/** Where a page can be kept; `web1` and `web2` are the processes of the web servers. */
export const places = ['web1', 'web2', 'near1', 'near2', 'main'] as const
export type Place = (typeof places)[number]
export const processes = ['web1', 'web2'] as const
export const groups = ['near1', 'near2'] as const
export type WebServer = (typeof processes)[number]

/** 1 is the old one, 2 what the writer writes. */
export type Version = 1 | 2

export interface WindowSettings {
  /** Whether the web servers keep the page in their processes, too. */
  readonly hasProcess: boolean
  /** `nobody`: the change was made past the application, and no cache is told. */
  readonly order: 'far-first' | 'near-first' | 'nobody'
  /** What becomes of the message to the other web server's process. */
  readonly message: 'in-time' | 'late' | 'lost'
  /** Whether the second group can be told. If not, the writer goes on without. */
  readonly group: 'told' | 'missed'
  /** A reader has read before the write, here, and fills after it. */
  readonly slow: 'none' | 'from-main' | 'from-database'
  /** `fenced`: a fill of what was read before a delete is refused. */
  readonly fill: 'plain' | 'fenced'
  /** How long a nearer level keeps: its own time, or never longer than what is left farther off. */
  readonly ttl: 'own' | 'rest'
}

export const usualSettings: WindowSettings = {
  ...{ hasProcess: true, order: 'far-first', message: 'in-time', group: 'told' },
  ...{ slow: 'none', fill: 'plain', ttl: 'rest' },
}

export interface Times {
  readonly ttlMs: Readonly<Record<'process' | 'near' | 'main', number>>
  /** What is left of the old version's time at each place when all begins. */
  readonly restMs: Readonly<Record<Place, number>>
  readonly writeMs: number
  /** Between two steps of the writer. */
  readonly stepMs: number
  readonly messageMs: number
  readonly lateMs: number
  readonly slowReadMs: number
  readonly slowFillMs: number
}

/** Short lives, so that a story has an end; each place is filled anew just before the next is empty. */
export const usualTimes: Times = {
  ttlMs: { process: 2000, near: 6000, main: 12_000 },
  restMs: { web1: 1800, web2: 900, near1: 5900, near2: 4400, main: 12_000 },
  ...{ writeMs: 1000, stepMs: 20, messageMs: 5, lateMs: 400, slowReadMs: 900, slowFillMs: 1500 },
}

export type WindowEvent =
  | { readonly kind: 'slow-reads'; readonly from: 'main' | 'database' }
  | { readonly kind: 'written' | 'answered' }
  | { readonly kind: 'deleted' | 'filled-late' | 'refused'; readonly at: Place }
  /** Their time to live was over, and what is there now is not what was there before. */
  | { readonly kind: 'expired'; readonly at: readonly Place[] }
  /** The group cannot be told; the message never arrives. */
  | { readonly kind: 'missed' | 'lost'; readonly at: Place }

/** What the next readers leave behind, where something was missing. */
export interface Refill {
  readonly at: Place
  readonly from: Place | 'database'
  readonly version: Version
}

export interface Moment {
  readonly atMs: number
  readonly event: WindowEvent
  readonly refills: readonly Refill[]
  /** How things stand afterwards; undefined: nothing is kept there. */
  readonly kept: Readonly<Record<Place, Version | undefined>>
  readonly database: Version
  /** The oldest that a reader of this web server can be shown from now on. */
  readonly shows: Readonly<Record<WebServer, Version>>
}

export interface StaleStory {
  readonly moments: readonly Moment[]
  /** When the writer was told that it is written. */
  readonly answeredMs: number
}

// #region old-for
/** From when until when, after the answer, a reader of this web server could see the old version. */
export function oldFor({ moments, answeredMs }: StaleStory, server: WebServer) {
  const windows: { readonly fromMs: number; readonly toMs: number }[] = []
  let since: number | undefined
  for (const { atMs, shows } of moments) {
    if (shows[server] === 1) since ??= atMs
    else if (since !== undefined) {
      const fromMs = Math.max(since, answeredMs)
      if (atMs > fromMs) windows.push({ fromMs, toMs: atMs })
      since = undefined
    }
  }
  return windows
}
// #endregion old-for

/** How long after the answer the last reader could still see it. */
export const staleMs = (story: StaleStory, server: WebServer): number =>
  Math.max(0, (oldFor(story, server).at(-1)?.toMs ?? 0) - story.answeredMs)
