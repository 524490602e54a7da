import { expect } from 'vitest'
import { nginx } from './balancer.ts'
import { openStage } from './stage.ts'
import { failed, servedBy, tally } from './tally.ts'

const conf = new URL('./nginx/shares.conf', import.meta.url)
const stage = openStage(import.meta.url, nginx(conf), ['web1', 'web2', 'web3'])
const { claim } = stage

const pages = Array.from({ length: 300 }, (_, topic) => `/topics/${topic + 1}`)

/** The server of each page, asked twice: a hash has no moods. */
async function homes(port: number): Promise<readonly string[]> {
  const requests = pages.map((path) => ({ port, path }))
  const first = (await stage.balancer.askAll(requests, { atOnce: 4 })).map(servedBy)
  const second = (await stage.balancer.askAll(requests, { atOnce: 4 })).map(servedBy)
  expect(second).toEqual(first)
  return first
}

/** How many pages have another server than before, and how many of those are not the new one's. */
async function movedFrom(before: number, after: number) {
  const [old, now] = [await homes(before), await homes(after)]
  expect([...new Set(old)].sort()).toEqual(['web1', 'web2'])
  expect([...new Set(now)].sort()).toEqual(['web1', 'web2', 'web3'])
  const moved = now.filter((server, page) => server !== old[page])
  return { moved: moved.length, astray: moved.filter((server) => server !== 'web3').length }
}

claim(
  'a-plain-hash-deals-anew',
  'a third server joins: a plain hash moves most pages, a consistent one only those that the new one gets',
  async ({ figure }) => {
    const plain = await movedFrom(8001, 8002)
    const consistent = await movedFrom(8003, 8004)
    expect(plain.moved).toBeGreaterThan(pages.length / 2)
    expect(plain.astray).toBeGreaterThan(0)
    // A third of them, give or take.
    expect(consistent.moved).toBeGreaterThan(pages.length / 5)
    expect(consistent.moved).toBeLessThan(pages.length / 2)
    expect(consistent.astray).toBe(0)
    figure({
      en: `a third server, ${pages.length} pages: the plain hash moved ${plain.moved}, ${plain.astray} of them between the two old ones; consistent moved ${consistent.moved}, all to the new one`,
      zh: `加上第三台，${pages.length} 个页面：普通哈希搬了 ${plain.moved} 个，其中 ${plain.astray} 个在两台旧的之间搬；consistent 搬了 ${consistent.moved} 个，全都搬到新的那台`,
    })
  },
)

claim(
  'random-two-avoids-the-slow',
  'of two drawn servers the one with fewer open requests: the slow one gets fewer than a draw gives it',
  async ({ figure }) => {
    const count = 120
    const slowShare = async (port: number) => {
      const request = { port, path: '/slow?on=web1&ms=250' }
      const answers = await stage.balancer.askTimes(count, request, { atOnce: 6 })
      expect(failed(answers)).toBe(0)
      return tally(answers).web1 ?? 0
    }
    const [drawn, better] = [await slowShare(8005), await slowShare(8006)]
    // A third of them is 40, and 20 or fewer come once in thousands of runs.
    expect(drawn).toBeGreaterThan(20)
    expect(better).toBeLessThanOrEqual(15)
    figure({
      en: `of ${count} requests to three servers the slow one got ${better} with random two, ${drawn} with random`,
      zh: `${count} 个请求分给三台服务器，慢的那台用 random two 分到 ${better} 个，用 random 分到 ${drawn} 个`,
    })
  },
)
