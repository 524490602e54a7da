import type { CacheRequest, Headers } from '../../../snippets/http-cache/message.ts'
import type {
  Ignored,
  NginxCacheConfig,
  UseStale,
} from '../../../snippets/http-cache/nginx-rules.ts'
import type { VarnishConfig } from '../../../snippets/http-cache/varnish-rules.ts'
import type { Seeded } from '../nginx/seeded.ts'
import type { Say } from './real-caches.ts'

/** All lifetimes are so many seconds, or a multiple: long enough for a machine that is busy. */
export const unitS = 3

/** One page over time: what readers ask, and what the origin would say at that moment. */
export type Story = readonly Moment[]

export interface Moment {
  readonly request: CacheRequest
  readonly say: Say
}

export function makeStory(seeded: Seeded, url: string, moments: number): Story {
  const usual = makeSay(seeded)
  // Of most pages one thing is odd at a time, or all the rest would never be seen.
  const trouble = seeded.pick([0, 0.3, 0.3])
  return seeded.list(moments, () => {
    const say = seeded.isLucky(0.15) ? makeSay(seeded) : usual
    const isDead = seeded.isLucky(trouble)
    const status =
      !isDead && seeded.isLucky(trouble) ? seeded.pick([500, 502, 503, 404, 429]) : say.status
    return { request: makeRequest(seeded, url), say: { ...say, isDead, status } }
  })
}

/**
 * What chance shows once in thousands of stories: a remembered 502 lasts as long as an answer says
 * that went past the cache and was not stored.
 */
export const failureOutlived = {
  valid: [{ codes: 'any' as const, seconds: 2 * unitS }],
  bypass: ['cookie'],
  story(url: string): Story {
    const headers = { 'cache-control': `max-age=${3 * unitS}`, 'set-cookie': 'session=1' }
    const ask = (isDead: boolean, sent: Headers = {}): Moment => ({
      request: { method: 'GET', url, headers: sent },
      say: { isDead, status: 200, headers, unchanged: {} },
    })
    return [ask(true), ask(false, { cookie: 'session=1' }), ask(true), ask(true), ask(true)]
  },
}

function makeRequest(seeded: Seeded, url: string): CacheRequest {
  const rare = (value: string) => (seeded.isLucky(0.06) ? value : undefined)
  const headers = {
    'accept-language': seeded.pick(['en', 'en', 'en', 'zh', 'en, zh', 'en,zh', undefined]),
    'user-agent': seeded.pick(['fox', 'fox', 'owl']),
    cookie: rare('session=1'),
    authorization: rare('Basic eDp5'),
    'cache-control': rare('no-cache'),
    'accept-encoding': seeded.isLucky(0.2) ? seeded.pick(encodings) : undefined,
    // What the reader has, or wants a part of.
    'if-none-match': rare(seeded.pick(['"a"', 'W/"a"', '"b"'])),
    'if-modified-since': rare(seeded.pick([changed, earlier, later, 'yesterday'])),
    range: rare('bytes=0-'),
    'if-range': undefined as string | undefined,
  }
  if (headers.range) headers['if-range'] = seeded.pick([undefined, '"a"', '"b"', changed, later])
  return { method: seeded.isLucky(0.04) ? 'POST' : 'GET', url, headers: present(headers) }
}

const present = (headers: Readonly<Record<string, string | undefined>>): Headers =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  )

const encodings = ['gzip', 'gzip, deflate, br', 'deflate', 'identity', 'gzip;q=0', 'br, x-gzip']
const changed = 'Wed, 05 Nov 2025 08:00:00 GMT'
const earlier = 'Tue, 04 Nov 2025 08:00:00 GMT'
const later = 'Thu, 06 Nov 2025 08:00:00 GMT'

const statuses = [200, 200, 200, 200, 200, 200, 203, 301, 302, 307, 404, 410, 403, 500, 503]

function makeSay(seeded: Seeded): Say {
  const age = seeded.isLucky(0.3) ? seeded.pick([1, 2, 100]) * unitS : 0
  const rare = (value: string) => (seeded.isLucky(0.1) ? value : undefined)
  const headers = present({
    'cache-control': makeControl(seeded, age),
    age: age > 0 ? String(age) : undefined,
    ...makeOlder(seeded),
    etag: seeded.isLucky(0.5) ? '"a"' : undefined,
    'last-modified': seeded.isLucky(0.3) ? seeded.pick([changed, changed, '@{1}', 'x']) : undefined,
    'accept-ranges': seeded.isLucky(0.3) ? 'bytes' : undefined,
    vary: seeded.isLucky(0.35) ? seeded.pick(varies) : undefined,
    'set-cookie': rare('session=1'),
  })
  const ordered = seeded.isLucky(0.5)
    ? headers
    : Object.fromEntries(Object.entries(headers).reverse())
  const unchanged = present({
    'cache-control': seeded.isLucky(0.4) ? makeControl(seeded, 0) : undefined,
    'set-cookie': seeded.isLucky(0.05) ? 'session=1' : undefined,
  })
  return { isDead: false, status: seeded.pick(statuses), headers: ordered, unchanged }
}

/** What says how long a page is fresh, beside Cache-Control. */
function makeOlder(seeded: Seeded): Readonly<Record<string, string | undefined>> {
  if (!seeded.isLucky(0.25)) return {}
  const some = (share: number, values: readonly string[]) =>
    seeded.isLucky(share) ? seeded.pick(values) : undefined
  const ahead = `${unitS * seeded.pick([1, 2, 50])}`
  return {
    expires: some(0.5, [
      `@{${ahead}}`,
      `@{${ahead}}`,
      '@{-60}',
      '0',
      'Thu, 01 Jan 1970 00:00:00 GMT',
    ]),
    'x-accel-expires': some(0.3, [ahead, ahead, '0', '@1', 'soon']),
    'surrogate-control': some(0.3, [`max-age=${ahead}`, 'no-store', 'content="ESI/1.0"']),
  }
}

const varies = [
  ...['Accept-Encoding', 'Accept-Encoding, Accept-Language'],
  ...['Accept-Language', 'accept-language', 'User-Agent', 'Accept-Language, User-Agent', '*'],
  ...['Accept-Language', `Accept-Language${', X-No'.repeat(30)}`],
]

function makeControl(seeded: Seeded, age: number): string | undefined {
  if (seeded.isLucky(0.15)) return undefined
  if (seeded.isLucky(0.2))
    return seeded.pick([
      ...[
        'no-cache',
        'no-store',
        'private',
        'max-age=0',
        'max-age=6, private',
        'PRIVATE, max-age=5',
      ],
      ...['max-age=x', 'max-age="5"', 'public', 'max-age=6;public', 's-maxage=0, max-age=5'],
      ...['max-age', 'max-age=, public', 'xmax-age=5', 'max-age=6 , public'],
    ])
  const seconds = () => unitS * seeded.pick([1, 1, 2, 3, 50])
  const parts = [
    `${seeded.pick(['max-age', 'max-age', 'Max-Age'])}=${age + seconds()}`,
    ...(seeded.isLucky(0.2) ? [`s-maxage=${age + seconds()}`] : []),
    ...(seeded.isLucky(0.35)
      ? [`stale-while-revalidate=${unitS * seeded.pick([0, 1, 2, 50])}`]
      : []),
    ...(seeded.isLucky(0.25) ? [`stale-if-error=${unitS * seeded.pick([0, 1, 2, 50])}`] : []),
    ...(seeded.isLucky(0.1) ? ['public'] : []),
  ]
  const order = seeded.isLucky(0.5) ? parts : parts.toReversed()
  return order.join(seeded.pick([', ', ',']))
}

export const makeVarnish = (seeded: Seeded): VarnishConfig => ({
  defaultTtlS: unitS * seeded.pick([1, 2, 120]),
  defaultGraceS: unitS * seeded.pick([0, 1, 2, 10]),
  defaultKeepS: unitS * seeded.pick([0, 1, 2, 50]),
  uncacheableTtlS: unitS * seeded.pick([1, 2, 40]),
})

const useStale: readonly UseStale[] = [
  ...(['error', 'updating', 'http_500', 'http_502', 'http_503', 'http_403'] as const),
  ...(['http_404', 'http_429'] as const),
]

const ignorable = ['Cache-Control', 'Expires', 'X-Accel-Expires', 'Set-Cookie', 'Vary'] as const

export function makeNginx(seeded: Seeded): NginxCacheConfig {
  const some = <T>(all: readonly T[], share: number) => all.filter(() => seeded.isLucky(share))
  const second = () => unitS * seeded.pick([1, 2, 50])
  return {
    valid: [
      ...some(
        [{ codes: seeded.pick([[200, 301, 302], [404], [200, 404, 500]]), seconds: second() }],
        0.5,
      ),
      ...some([{ codes: 'any' as const, seconds: second() }], 0.2),
    ],
    useStale: some(useStale, seeded.pick([0, 0.3, 0.7])),
    backgroundUpdate: seeded.isLucky(0.5),
    lock: seeded.isLucky(0.5),
    ...{ lockTimeoutS: 5, lockAgeS: 5, inactiveS: 600 },
    revalidate: seeded.isLucky(0.5),
    ignore: seeded.isLucky(0.4) ? some<Ignored>([...ignorable], 0.4) : [],
    bypass: seeded.isLucky(0.3) ? ['cookie'] : [],
    noCache: seeded.isLucky(0.3) ? seeded.pick([['cookie'], ['cookie', 'authorization']]) : [],
  }
}
