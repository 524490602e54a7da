import type { exchange, Exchange } from '../../../snippets/http-cache/exchange.ts'
import { emptyCache, type SharedCache } from '../../../snippets/http-cache/shared-cache.ts'
import type { Fetch } from '../../../snippets/http-cache/shared-cache.ts'
import { dateOf } from '../../../snippets/http-cache/http-date.ts'
import type { Headers, OriginAnswer } from '../../../snippets/http-cache/message.ts'
import type { Story } from './cache-traffic.ts'
import type { Seen } from './observed.ts'
import type { OriginLine, Say } from './real-caches.ts'

/** Where the model and the program part. */
export interface Parting {
  readonly moment: number
  readonly model: string
  readonly real: string
}

export interface Followed {
  readonly parting: Parting | undefined
  /** Of the moments of which the model is sure. */
  readonly exchanges: readonly Exchange[]
}

/** What a program shows of one exchange, and what the model would have it show, in the same words. */
export interface Words {
  readonly real: (seen: Seen) => string
  readonly model: (exchange: Exchange, seen: Seen) => string
}

/** When a request was at the cache: at some time between these two, seconds. */
export type Span = readonly [number, number]

/**
 * Follows the program moment by moment with the model. Nobody knows the split second of a request, so
 * the model is asked for the beginnings and the ends of all spans, in every combination; as long as
 * it says the same for all, it is sure, and must be right.
 */
export function follow(
  model: typeof exchange,
  cache: SharedCache,
  words: Words,
  story: Story,
  all: readonly Seen[],
  spans: readonly Span[],
): Followed {
  const ways = Array.from({ length: 2 ** all.length }, (_, way) =>
    tell(
      model,
      cache,
      words,
      story,
      all,
      spans.map((span, at) => span[(way >> at) & 1]!),
    ),
  )
  const exchanges: Exchange[] = []
  for (const [moment, seen] of all.entries()) {
    const [first, ...others] = ways.map((way) => way[moment]!)
    if (!first || others.some(({ told }) => told !== first.told)) break
    const real = [words.real(seen), bodyOf(seen), askedOf(seen.origin)].join(', ')
    if (first.told !== real) return { parting: { moment, model: first.told, real }, exchanges }
    exchanges.push(first.now)
  }
  return { parting: undefined, exchanges }
}

function tell(
  model: typeof exchange,
  cache: SharedCache,
  words: Words,
  story: Story,
  all: readonly Seen[],
  times: readonly number[],
): readonly { readonly told: string; readonly now: Exchange }[] {
  let state = emptyCache
  // The origin's numbers, by the model's.
  const numbers = new Map<number, number>()
  return all.map((seen, moment) => {
    const { request, say } = story[moment]!
    const nowS = times[moment]!
    const now = model(cache, state, request, (fetch) => answerTo(fetch, say, nowS), nowS)
    state = now.state
    const line = seen.origin.at(-1)
    if (now.fetch && line) numbers.set(now.fetch.id, line.number)
    const { object } = now.delivery
    const isSent = object && now.delivery.status !== 304
    const body = isSent ? `body ${numbers.get(object.id)}` : 'no body'
    const { etag, since, request: sent } = now.fetch ?? {}
    const asked = now.fetch
      ? question({ etag, since, encoding: sent?.headers['accept-encoding'] })
      : 'not asked'
    return { told: [words.model(now, seen), body, asked].join(', '), now }
  })
}

function answerTo({ etag, since }: Fetch, say: Say, nowS: number): OriginAnswer {
  if (say.isDead) return { kind: 'dead' }
  const { etag: own, 'last-modified': changed } = say.headers
  const isUnchanged = etag === undefined ? since !== undefined && since === changed : etag === own
  const unchanged = { ...(own ? { etag: own } : {}), ...say.unchanged }
  return {
    ...{ kind: 'answer', status: isUnchanged ? 304 : say.status },
    headers: dated(isUnchanged ? unchanged : say.headers, nowS),
  }
}

/** `@{6}` is the date of six seconds from now. */
const dated = (headers: Headers, nowS: number): Headers =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const [, ahead] = /^@\{(-?\d+)\}$/.exec(value) ?? []
      return [name, ahead === undefined ? value : dateOf(nowS + Number(ahead))]
    }),
  )

/** What reached the origin, as far as it matters to it. */
const question = ({ etag, since, encoding }: Partial<OriginLine>): string =>
  [
    'asked',
    ...(etag ? [`about ${etag}`] : []),
    ...(since ? [`since ${since}`] : []),
    ...(encoding ? [`for ${encoding}`] : []),
  ].join(' ')

/** Programs have pages of their own for a dead origin. */
const bodyOf = ({ answer }: Seen): string =>
  /^\d+$/.test(answer.body) ? `body ${answer.body}` : 'no body'

/** A connection that broke is tried again at times: still one question. */
const askedOf = (lines: readonly OriginLine[]): string => {
  if (lines.length === 0) return 'not asked'
  const isOne = lines.length === 1 || lines.every(({ isDead }) => isDead)
  return `${question(lines[0]!)}${isOne ? '' : ` ${lines.length} times`}`
}
