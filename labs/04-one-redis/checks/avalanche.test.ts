import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { createDraw, lab, loadsIn, openTopics, removeTopics, say } from '#labs/kit'

const log = { server: 'db', file: '/tmp/questions.log' }
const draw = createDraw(44)
const count = 500
/** Seconds: how long a page may be kept, how far the ends must lie apart at least. */
const [least, most, spread] = [4, 20, 3]

let paths: readonly string[] = []
afterEach(() => removeTopics(lab, paths))

test(
  say(
    'five hundred pages that were filled together do not end together',
    '一起填进去的五百个页面，不会一起过期',
  ),
  { timeout: 120_000 },
  async () => {
    paths = await openTopics(lab, count, draw.word())
    const filledAt = new Map<string, number>()
    const fill = async (part: readonly string[], at: object) => {
      await lab.send(requestsFor(part, at), { concurrency: 32, bodies: false })
      for (const path of part) filledAt.set(path, performance.now())
    }
    const fillAll = (at = {}) =>
      lab.questions(log, async () => {
        for (let from = 0; from < count; from += 50) await fill(paths.slice(from, from + 50), at)
      })
    const loaded = new Set(loadsIn(await fillAll({ to: 'web1', port: 3000 }))).size
    expect(loaded, say('pages loaded at first', '最初读出的页面')).toBe(count)
    // Not a server's first time only: a Redis that comes back is empty, and all are filled together again.
    await lab.emptyCaches()
    await fillAll({ to: 'web2', port: 3000 })
    await lab.emptyCaches()
    await fillAll()

    // Each page's life: from its filling until it is asked for anew.
    const lives = new Map<string, number>()
    const open = () => paths.filter((path) => !lives.has(path))
    while (open().length > 0 && oldest(filledAt, open()) < most * 1000) {
      const next = pause(700)
      const asked = await lab.questions(log, () =>
        lab.send(requestsFor(open()), { concurrency: 32, bodies: false }),
      )
      const now = performance.now()
      for (const path of new Set(loadsIn(asked)))
        if (filledAt.has(path) && !lives.has(path))
          lives.set(path, (now - filledAt.get(path)!) / 1000)
      await next
    }
    const ended = [...lives.values()].sort((a, b) => a - b)
    const all = say(`pages asked for anew within ${most} s`, `${most} 秒内重新读过的页面`)
    expect(ended.length, all).toBe(count)
    const [first = 0, early = 0, late = 0] = [0, 0.1, 0.9].map(
      (part) => ended[Math.floor(part * count)],
    )
    expect(first, say('seconds that the shortest is kept', '最短的保存秒数')).toBeGreaterThan(least)
    const between = say(
      'seconds between the end of the first tenth and of the last tenth',
      '最早十分之一和最晚十分之一过期之间的秒数',
    )
    expect(late - early, between).toBeGreaterThan(spread)
  },
)

const requestsFor = (paths: readonly string[], at = {}) =>
  paths.map((path) => ({ path, timeoutMs: 20_000, ...at }))

const oldest = (filledAt: ReadonlyMap<string, number>, paths: readonly string[]) =>
  performance.now() - Math.min(...paths.map((path) => filledAt.get(path)!))
