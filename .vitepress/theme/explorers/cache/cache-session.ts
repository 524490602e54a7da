import { exchange, type Exchange } from '../../../../snippets/http-cache/exchange.ts'
import { dateOf } from '../../../../snippets/http-cache/http-date.ts'
import type {
  CacheRequest,
  Headers,
  OriginAnswer,
} from '../../../../snippets/http-cache/message.ts'
import { nginxCache } from '../../../../snippets/http-cache/nginx-cache.ts'
import { nginxCacheDefaults } from '../../../../snippets/http-cache/nginx-rules.ts'
import { emptyCache, type CachedObject } from '../../../../snippets/http-cache/shared-cache.ts'
import type { Fetch, SharedCache } from '../../../../snippets/http-cache/shared-cache.ts'
import { varnishDefaults } from '../../../../snippets/http-cache/varnish-rules.ts'
import { varnish } from '../../../../snippets/http-cache/varnish.ts'

export type Program = 'varnish' | 'nginx'
export type Reader = 'english' | 'chinese' | 'signed-in' | 'writer'
export type Vary = 'none' | 'language' | 'browser'
/** The header in which the origin says how long its page is fresh. */
export type Saying = (typeof sayings)[number]
export const sayings = [
  ...(['Cache-Control', 'Expires', 'X-Accel-Expires', 'Surrogate-Control'] as const),
] as const

/** What the reader of the page has set. Seconds. */
export interface Settings {
  readonly program: Program
  readonly ttlS: number
  readonly says: Saying
  readonly graceS: number
  readonly keepS: number
  readonly vary: Vary
  readonly setsCookie: boolean
  readonly isPrivate: boolean
  readonly isDead: boolean
}

export const startSettings: Settings = {
  ...{ program: 'varnish', ttlS: 6, says: 'Cache-Control', graceS: 4, keepS: 4, vary: 'none' },
  ...{ setsCookie: false, isPrivate: false, isDead: false },
}

export const readers: readonly Reader[] = ['english', 'chinese', 'signed-in', 'writer']

export const requestOf = (reader: Reader): CacheRequest => ({
  method: reader === 'writer' ? 'POST' : 'GET',
  url: '/topic/1',
  headers: {
    'accept-language': reader === 'chinese' ? 'zh' : 'en',
    'user-agent': reader === 'chinese' ? 'Safari' : 'Firefox',
    ...(reader === 'signed-in' ? { cookie: 'session=7' } : {}),
  },
})

/** The story's clock begins at 0; where a date is shown, it is one of our days. */
export const shownClockS = Date.UTC(2026, 0, 1) / 1000

/** The origin's headers at this moment; the page never changes, so its `ETag` stays. */
export function headersOf(settings: Settings, nowS: number): Headers {
  const { vary, setsCookie } = settings
  const names = { none: undefined, language: 'Accept-Language', browser: 'User-Agent' }[vary]
  return {
    ...lifeIn(settings, nowS),
    etag: '"tea"',
    ...(names ? { vary: names } : {}),
    ...(setsCookie ? { 'set-cookie': 'session=7' } : {}),
  }
}

/** How long the page is fresh, in the header that was chosen; `private` stands in Cache-Control. */
function lifeIn({ program, says, ttlS, graceS, isPrivate }: Settings, nowS: number): Headers {
  const grace = program === 'nginx' && graceS > 0 ? [`stale-while-revalidate=${graceS}`] : []
  const age = `max-age=${ttlS}`
  const control = (...parts: readonly string[]): Headers =>
    parts.length > 0 ? { 'cache-control': parts.join(', ') } : {}
  const beside = isPrivate ? ['private'] : grace
  switch (says) {
    case 'Cache-Control':
      return isPrivate ? control('private') : control(age, ...grace)
    case 'Expires':
      return { expires: dateOf(nowS + ttlS), ...control(...beside) }
    case 'X-Accel-Expires':
      return { 'x-accel-expires': `${ttlS}`, ...control(...beside) }
    case 'Surrogate-Control':
      return { 'surrogate-control': age, ...control(...beside, age) }
  }
}

export const varnishConfigOf = ({ graceS, keepS }: Settings) => ({
  ...varnishDefaults,
  ...{ defaultGraceS: graceS, defaultKeepS: keepS },
})

export const nginxConfig = {
  ...nginxCacheDefaults,
  ...{ backgroundUpdate: true, lock: true, revalidate: true },
}

const cacheOf = (settings: Settings): SharedCache =>
  settings.program === 'varnish' ? varnish(varnishConfigOf(settings)) : nginxCache(nginxConfig)

export interface Asked {
  readonly number: number
  readonly atS: number
  readonly reader: Reader
  readonly exchange: Exchange
}

/** An object that lay in the cache, and until when (it was replaced, or is there still). */
export interface Life {
  readonly object: CachedObject
  readonly fromS: number
  readonly toS: number | undefined
}

export interface Session {
  readonly nowS: number
  readonly asked: readonly Asked[]
  readonly lives: readonly Life[]
}

export const newSession: Session = { nowS: 0, asked: [], lives: [] }

export const pass = (session: Session, seconds: number): Session => ({
  ...session,
  nowS: session.nowS + seconds,
})

export function send(session: Session, settings: Settings, reader: Reader): Session {
  const before = session.asked.at(-1)?.exchange.state ?? emptyCache
  const origin = (fetch: Fetch): OriginAnswer => {
    if (settings.isDead) return { kind: 'dead' }
    const headers = headersOf(settings, session.nowS)
    return { kind: 'answer', status: fetch.etag === headers.etag ? 304 : 200, headers }
  }
  const { nowS } = session
  const now = exchange(cacheOf(settings), before, requestOf(reader), origin, nowS)
  const number = session.asked.length + 1
  const { objects } = now.state
  const kept = session.lives.map((life) => {
    if (life.toS !== undefined) return life
    const same = objects.find((object) => isSame(object, life.object))
    return same
      ? { ...life, object: same }
      : { ...life, toS: Math.min(nowS, life.object.keptUntilS) }
  })
  const born = objects.filter(
    (object) => !session.lives.some((life) => isSame(object, life.object)),
  )
  const lives = [...kept, ...born.map((object) => ({ object, fromS: nowS, toS: undefined }))]
  return { nowS, lives, asked: [...session.asked, { number, atS: nowS, reader, exchange: now }] }
}

/** A hit may lengthen an object's stay; it is the same all the same. */
const isSame = (one: CachedObject, other: CachedObject): boolean =>
  one.id === other.id && one.storedS === other.storedS && one.kind === other.kind

/** Who comes when, and what is set meanwhile. */
export interface StoryStep {
  readonly waitS: number
  readonly reader: Reader
  readonly set?: Partial<Settings>
}

export type StoryId = 'life' | 'grace' | 'cookie' | 'languages' | 'dead'

export interface Story {
  readonly set: Partial<Settings>
  readonly steps: readonly StoryStep[]
}

const step = (waitS: number, reader: Reader, set?: Partial<Settings>): StoryStep => ({
  ...{ waitS, reader },
  ...(set ? { set } : {}),
})

export const stories: Readonly<Record<StoryId, Story>> = {
  life: {
    set: { graceS: 0, keepS: 0 },
    steps: [step(0, 'english'), step(2, 'english'), step(3, 'english'), step(3, 'english')],
  },
  grace: {
    set: {},
    steps: [
      ...[step(0, 'english'), step(3, 'english'), step(5, 'english'), step(1, 'english')],
      step(11, 'english'),
    ],
  },
  cookie: {
    set: { setsCookie: true },
    steps: [
      ...[step(0, 'english'), step(1, 'english'), step(1, 'signed-in')],
      ...[step(1, 'english', { setsCookie: false }), step(1, 'english')],
    ],
  },
  languages: {
    set: { vary: 'language', ttlS: 12 },
    steps: [
      ...[step(0, 'english'), step(1, 'chinese'), step(2, 'english'), step(1, 'chinese')],
      step(1, 'writer'),
    ],
  },
  dead: {
    set: { graceS: 8 },
    steps: [
      ...[step(0, 'english'), step(3, 'english', { isDead: true }), step(5, 'english')],
      ...[step(3, 'english'), step(8, 'english'), step(1, 'english', { isDead: false })],
    ],
  },
}
