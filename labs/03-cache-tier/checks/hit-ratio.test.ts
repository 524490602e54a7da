import { expect, test } from 'vitest'
import { type Arrival, lab, say } from '#labs/kit'

const application = { servers: ['web1', 'web2'], port: 3000 }
/** Of a hundred requests, those that may reach the application. */
const allowed = 5
/** Asked for on that day, and nowhere to be found. */
const missing = new Set(['/favicon.ico', '/topics/404', '/wp-login.php'])

test(
  say(
    'of a day of traffic, at most 5 in 100 requests reach the application',
    '一天的流量里，每百个请求最多有 5 个到达应用',
  ),
  async () => {
    // Patience is for a slow machine: how long a page takes is not the question here.
    const recorded = lab.recording('traffic/day.tsv')
    const day = recorded.map((request) => ({ ...request, timeoutMs: 20_000 }))
    const limit = Math.floor((day.length * allowed) / 100)
    const arrived: Arrival[] = []
    await lab.emptyCaches()
    let sent = 0
    const started = performance.now()
    // In parts: when the whole day's allowance is used up, the rest of it can change nothing.
    for (const until of [400, 1000, day.length]) {
      const part = day.slice(sent, until)
      arrived.push(
        ...(await lab.arrivals(application, async () => {
          const { all } = await lab.send(part, { concurrency: 32, bodies: false })
          const bad = all.flatMap(({ status, failure }, index) => {
            const { path } = part[index]!
            return status === (missing.has(path) ? 404 : 200) ? [] : `${path}: ${failure ?? status}`
          })
          const good = say(
            'requests without the answer that they had before',
            '响应和原来不一样的请求',
          )
          expect([...new Set(bad)].slice(0, 5), good).toEqual([])
        })),
      )
      sent = until
      if (arrived.length > limit) break
    }
    const seconds = Math.round((performance.now() - started) / 1000)
    expect(
      arrived.length,
      say(
        `reached the application, of ${sent} requests in ${seconds} s: ${busiest(arrived)}`,
        `${seconds} 秒内 ${sent} 个请求里到达应用的：${busiest(arrived)}`,
      ),
    ).toBeLessThanOrEqual(limit)
  },
)

/** The paths that cost most, without their queries. */
function busiest(arrivals: readonly Arrival[]): string {
  const counts = new Map<string, number>()
  for (const { path } of arrivals) {
    const [name = ''] = path.split('?')
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 5)
    .map(([name, count]) => `${name} ×${count}`)
    .join(', ')
}
