import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { createDraw, lab, loadsIn, openTopics, removeTopics, say } from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const draw = createDraw(44)
const count = 500
/**
 * Seconds: how long a page may be kept, and a little more or less, for it is timed by rounds; and how long
 * one looks. Of ends that lie evenly over five seconds, the first tenth and the last lie four apart.
 */
const [least, longest, most, spread] = [4.2, 15.4, 20, 3.4]

let paths: readonly string[] = []
afterEach(() => removeTopics(lab, paths))

test(
  say(
    'five hundred pages that were filled together do not end together',
    '一起填进去的五百个页面，不会一起过期',
  ),
  { timeout: 300_000 },
  async () => {
    paths = await openTopics(lab, count, draw.word())
    const loaded = new Set(
      loadsIn(await lab.questions(log, () => fill({ to: 'web1', port: 3000 }))),
    )
    expect(loaded.size, say('pages loaded at first', '最初读出的页面')).toBe(count + 1)
    // Not a server's first time only: a Redis that comes back is empty, and all are filled together again.
    await lab.emptyCaches()
    await fill({ to: 'web2', port: 3000 })

    const { lives, blur } = await livesOnce()
    const ended = [...lives].sort((a, b) => a - b)
    const all = say(`pages asked for anew within ${most} s`, `${most} 秒内重新读过的页面`)
    expect(ended.length, all).toBe(watched(paths).length)
    const [first = 0, early = 0, late = 0] = [0, 0.1, 0.9].map(
      (part) => ended[Math.floor(part * ended.length)],
    )
    expect(first, say('seconds that the shortest is kept', '最短的保存秒数')).toBeGreaterThan(least)
    const longestKept = say('seconds that the longest is kept', '最长的保存秒数')
    expect(ended.at(-1), longestKept).toBeLessThan(longest + blur)
    const between = say(
      'seconds between the end of the first tenth and of the last tenth',
      '最早十分之一和最晚十分之一过期之间的秒数',
    )
    expect(late - early, between).toBeGreaterThan(spread)
  },
)

/** All are filled; these are asked for again and again, so that each round is short. */
const watched = (all: readonly string[]) => ['/', ...all.filter((_, index) => index % 5 === 0)]

/** All pages, in parts; when each was there, in milliseconds. */
async function fill(at = {}): Promise<Map<string, number>> {
  const filledAt = new Map<string, number>()
  for (let from = 0; from < count; from += 50) {
    const part = [...(from === 0 ? ['/'] : []), ...paths.slice(from, from + 50)]
    await lab.send(requestsFor(part, at), { concurrency: 32, bodies: false })
    for (const path of part) filledAt.set(path, performance.now())
  }
  return filledAt
}

/**
 * Seconds that each watched page lives: from its filling until it is asked for anew. Where rounds took
 * so long that they would blur it, all is done again.
 */
async function livesOnce() {
  for (let turn = 1; ; turn++) {
    await lab.emptyCaches()
    const seen = await watch(await fill())
    if (seen.blur <= 1.5 || turn === 3) return seen
  }
}

async function watch(filledAt: ReadonlyMap<string, number>) {
  const lives = new Map<string, number>()
  const open = () => watched(paths).filter((path) => !lives.has(path))
  let [blur, before] = [0, performance.now()]
  while (open().length > 0 && oldest(filledAt, open()) < most * 1000) {
    const next = pause(500)
    const asked = await lab.questions(log, () =>
      lab.send(requestsFor(open()), { concurrency: 32, bodies: false }),
    )
    const now = performance.now()
    for (const path of new Set(loadsIn(asked)))
      if (filledAt.has(path) && !lives.has(path))
        lives.set(path, (now - filledAt.get(path)!) / 1000)
    blur = Math.max(blur, (now - before) / 1000)
    before = now
    await next
  }
  return { lives: [...lives.values()], blur }
}

const requestsFor = (paths: readonly string[], at = {}) =>
  paths.map((path) => ({ path, timeoutMs: 20_000, ...at }))

const oldest = (filledAt: ReadonlyMap<string, number>, paths: readonly string[]) =>
  performance.now() - Math.min(...paths.map((path) => filledAt.get(path)!))
