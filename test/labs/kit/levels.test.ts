import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Answers } from '../../../labs/kit/answers.ts'
import { askedOver, livesOf, readTimed, shareOf, untilAsked } from '../../../labs/kit/levels.ts'
import type { LabRequest } from '../../../labs/runtime/runtime.ts'

const said = (stdout: string) => Promise.resolve({ exitCode: 0, stdout, stderr: '' })

/** Redis that count; `byItself` is what web servers ask the first of them for in a millisecond, always. */
function counting(names: readonly string[], byItself = 0, slowness = 0) {
  const calls: Record<string, number> = {}
  return {
    add: (name: string, count: number) => (calls[name] = (calls[name] ?? 0) + count),
    lab: {
      async exec(server: string) {
        const now = performance.now()
        const all = Math.round((calls[server] ?? 0) + (server === names[0] ? byItself * now : 0))
        // However long the way back is: what was counted, was counted then.
        await pause(slowness)
        return said(
          `run_id:ab\nserver_time_usec:${Math.round(now * 1000)}\ncmdstat_get:calls=${all},usec=1\ncmdstat_ping:calls=99,usec=1\n`,
        )
      },
    },
  }
}

describe('what Redis is asked because of something', () => {
  test.each([0, 200])(
    'is what it was asked meanwhile, without what it is asked anyway, be it %i ms away',
    async (ms) => {
      const { lab, add } = counting(['redis1', 'near1'], 2, ms)
      const work = async () => {
        add('redis1', 500)
        add('near1', 30)
        await pause(40)
      }
      const asked = await askedOver(lab, ['redis1', 'near1'], work, 60)
      expect(asked.near1).toBe(30)
      expect(asked.redis1).toBeGreaterThan(470)
      expect(asked.redis1).toBeLessThan(530)
    },
  )

  test('is nothing, and never less', async () => {
    const { lab } = counting(['redis1'], 2)
    const { redis1 } = await askedOver(lab, ['redis1'], () => Promise.resolve(), 30)
    expect(redis1).toBeGreaterThanOrEqual(0)
    expect(redis1).toBeLessThan(10)
  })
})

test('shares are parts of the whole; of nothing there are none', () => {
  expect(shareOf({ near1: 30, near2: 10, near3: 0 })).toEqual({
    near1: 0.75,
    near2: 0.25,
    near3: 0,
  })
  expect(shareOf({ near1: 0, near2: 0 })).toBeUndefined()
})

const answer = { status: 200, headers: {}, cookies: [], body: '', ms: 1 }

test.each([
  ['every group', ['near1', 'near2'], true],
  ['one of them alone', ['near1'], false],
])('groups are asked where each server asks %s', async (_, asks, isSo) => {
  const groups = ['near1', 'near2']
  const { lab, add } = counting(groups)
  const send = (requests: readonly LabRequest[]) => {
    for (const group of asks) add(group, requests.length / asks.length)
    return Promise.resolve(new Answers(requests.map(() => answer)))
  }
  const pages = Array.from({ length: 12 }, (_, at) => `/topics/${at + 1}`)
  const row = { servers: ['web1', 'web2'], groups }
  expect(await untilAsked({ ...lab, send }, row, pages, 1)).toBe(isSo)
})

test('who was slow is told by page and server, and who had no answer is told', async () => {
  const times = [10, 700, 30]
  const send = (requests: readonly LabRequest[]) =>
    Promise.resolve(
      new Answers(
        requests.map((_, at) => ({ ...answer, ms: times[at]!, status: at === 2 ? 503 : 200 })),
      ),
    )
  const pages = ['/topics/1', '/topics/2', '/topics/3']
  const timed = await readTimed({ send }, pages, (at) => `web${at + 1}`)
  expect(timed.slowerThan(500)).toEqual(['/topics/2 web2'])
  expect(timed.withoutPage).toEqual(['503 ×1'])
})

test.each([
  ['page:topic:7\n59000\npage:topic:8\n-1\n', { 'page:topic:7': 59_000, 'page:topic:8': -1 }],
  ['\n', {}],
])('how long topics live is what Redis says: %j', async (stdout, lives) => {
  const asked: string[] = []
  const lab = {
    exec(server: string, [, ...words]: readonly string[]) {
      asked.push(`${server} ${words[0]} ${words.at(-1)}`)
      return said(stdout)
    },
  }
  expect(Object.fromEntries(await livesOf(lab, 'near2'))).toEqual(lives)
  expect(asked).toEqual(['near2 EVAL 0'])
})
