import { vi } from 'vitest'
import type { RawAnswer } from '../../real/raw-http.ts'
import { askRaw } from '../../real/raw-http.ts'
import type { Moment, Story } from './cache-traffic.ts'
import type { OriginLine, RealCaches } from './real-caches.ts'

/** What one request was answered, and what came of it at the origin. */
export interface Seen {
  readonly answer: RawAnswer
  /** Between these two, milliseconds since 1970. */
  readonly fromMs: number
  readonly toMs: number
  readonly origin: readonly OriginLine[]
}

/** A page with the port of its cache. */
export interface Told {
  readonly port: number
  readonly story: Story
}

/** So many requests go out at once; the time of each is known as well as that of all. */
const together = 12

/**
 * Tells all stories at once, moment by moment, a moment every `stepMs`. The stories are spread over
 * most of that, so that each has its moments at its own even pace, and what is fetched in the
 * background has time enough.
 */
export async function tellAll(
  caches: RealCaches,
  all: readonly Told[],
  stepMs: number,
): Promise<readonly (readonly Seen[])[]> {
  const answers: Omit<Seen, 'origin'>[][] = all.map(() => [])
  const moments = Math.max(...all.map(({ story }) => story.length))
  const every = groups(all)
  // The first requests find everybody asleep.
  for (const [first = 0] of every) await askRaw(all[first]!.port, [wake])
  await caches.originLines()
  const start = Date.now()
  for (let moment = 0; moment < moments; moment++)
    for (const [at, group] of every.entries()) {
      await until(start + (moment + (0.9 * at) / every.length) * stepMs)
      const fromMs = Date.now()
      const texts = group.map((index) => asText(all[index]!.story[moment]!))
      const got = await askRaw(all[group[0]!]!.port, texts)
      const toMs = Date.now()
      for (const [place, index] of group.entries())
        answers[index]!.push({ answer: got[place]!, fromMs, toMs })
    }
  await until(start + moments * stepMs)
  const lines = new Map<string, OriginLine[]>()
  for (const line of await caches.originLines())
    lines.set(line.path, [...(lines.get(line.path) ?? []), line])
  return all.map(({ story }, index) =>
    answers[index]!.map((one, moment) => {
      const next = answers[index]![moment + 1]?.fromMs ?? Infinity
      const mine = lines.get(story[moment]!.request.url) ?? []
      return { ...one, origin: mine.filter(({ atMs }) => atMs >= one.fromMs && atMs < next) }
    }),
  )
}

const wake = asText({
  request: { method: 'POST', url: '/0/wake', headers: {} },
  say: { isDead: false, status: 200, headers: {}, unchanged: {} },
})

const until = (due: number): Promise<unknown> =>
  vi.waitUntil(() => Date.now() >= due, { interval: 2, timeout: 60_000 })

/** By port, a few at a time. */
function groups(all: readonly Told[]): readonly (readonly number[])[] {
  const byPort = new Map<number, number[]>()
  for (const [index, { port }] of all.entries())
    byPort.set(port, [...(byPort.get(port) ?? []), index])
  return [...byPort.values()].flatMap((indices) =>
    Array.from({ length: Math.ceil(indices.length / together) }, (_, at) =>
      indices.slice(at * together, (at + 1) * together),
    ),
  )
}

function asText({ request, say }: Moment): string {
  const { method, url, headers } = request
  return [
    `${method} ${url} HTTP/1.1`,
    'Host: test',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `X-Say: ${JSON.stringify(say)}`,
    ...(method === 'POST' ? ['Content-Length: 0'] : []),
    '\r\n',
  ].join('\r\n')
}
