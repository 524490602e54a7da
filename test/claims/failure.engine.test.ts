import { expect } from 'vitest'
import { nginx } from './balancer.ts'
import type { Answer } from './crew/orders.ts'
import { openStage } from './stage.ts'
import { failed, servedBy, tally, tried } from './tally.ts'

const conf = new URL('./nginx/failure.conf', import.meta.url)
const stage = openStage(import.meta.url, nginx(conf), ['web1', 'web2'])
const { claim } = stage

const seconds = (ms: number) => (ms / 1000).toFixed(1)

/** web1 dead while the proof runs, and alive again after it. */
async function withoutWeb1<T>(prove: () => Promise<T>): Promise<T> {
  await stage.balancer.kill('web1')
  try {
    return await prove()
  } finally {
    await stage.balancer.start('web1')
  }
}

claim(
  'dead-process-costs-nothing',
  'a killed process refuses the connection, so nginx asks the other server and nobody notices',
  async ({ figure }) => {
    await withoutWeb1(async () => {
      const ask = (count: number, method: 'GET' | 'POST') =>
        stage.balancer.askTimes(count, { port: 8001, path: '/', method }, { atOnce: 4 })
      const posts = await ask(20, 'POST')
      const gets = await ask(60, 'GET')
      // It did knock at the dead one's door.
      expect([...posts, ...gets].some((answer) => tried(answer).length === 2)).toBe(true)
      expect(failed(gets)).toBe(0)
      expect(failed(posts)).toBe(0)
      expect(tally([...gets, ...posts])).toEqual({ web2: 80 })
      figure({
        en: `${failed(gets)} of 60 GETs and ${failed(posts)} of 20 POSTs failed`,
        zh: `60 个 GET 失败 ${failed(gets)} 个，20 个 POST 失败 ${failed(posts)} 个`,
      })
    })
  },
)

/** Of 200 requests: how often the dead server was tried, and by how many workers they were handled. */
async function knocks(port: number) {
  const answers = await stage.balancer.askTimes(200, { port, path: '/' })
  expect(failed(answers)).toBe(0)
  const workers = new Set(answers.map(({ headers }) => headers['x-worker']))
  expect(workers.size, 'both workers have had requests').toBe(2)
  return answers.filter((answer) => tried(answer).length === 2).length
}

claim(
  'max-fails-counts-per-worker-without-zone',
  'without zone every worker finds out for itself that a server is dead',
  async ({ figure }) => {
    await withoutWeb1(async () => {
      const [alone, shared] = [await knocks(8002), await knocks(8003)]
      expect({ alone, shared }).toEqual({ alone: 2, shared: 1 })
      figure({
        en: `2 workers, max_fails=1: ${alone} failed tries without zone, ${shared} with it`,
        zh: `2 个 worker，max_fails=1：没有 zone 失败 ${alone} 次，有 zone 失败 ${shared} 次`,
      })
    })
  },
)

claim(
  'both-down-502-at-once',
  'with every server marked dead nginx answers 502 at once, even when all are back, until fail_timeout has passed',
  async ({ figure }) => {
    const request = { port: 8004, path: '/' }
    const { balancer } = stage
    await balancer.kill('web1')
    await balancer.kill('web2')
    const first = await balancer.ask(request)
    const marked = performance.now()
    await balancer.startAll('web1', 'web2')
    expect(first.status).toBe(502)
    expect(tried(first)).toHaveLength(2)

    const back = performance.now()
    const refused: Answer[] = []
    let answer = await balancer.ask(request)
    for (; answer.status !== 200; answer = await balancer.ask(request)) refused.push(answer)
    const after = performance.now()
    // No server was tried: in their place stands the name of the group.
    for (const refusal of refused)
      expect([refusal.status, ...tried(refusal)]).toEqual([502, 'both_down'])
    expect(refused.length).toBeGreaterThan(0)
    expect(after - marked).toBeGreaterThan(3000)
    const { output } = await stage.containers.attempt('logs', balancer.id)
    expect(output).toContain('no live upstreams while connecting to upstream')
    const quickest = Math.min(...refused.map(({ ms }) => ms)).toFixed(1)
    figure({
      en: `fail_timeout=3s, both servers back: still ${refused.length} times 502, the quickest in ${quickest} ms, for ${seconds(after - back)} s`,
      zh: `fail_timeout=3s，两台都已恢复：仍有 ${refused.length} 次 502（最快 ${quickest} ms），持续 ${seconds(after - back)} s`,
    })
  },
)

claim(
  'a-500-is-passed-through',
  'an answer of 500 is an answer: nginx passes it on and asks nobody else',
  async ({ figure }) => {
    const answers = await stage.balancer.askTimes(20, { port: 8007, path: '/fail?on=web1' })
    const errors = answers.filter(({ status }) => status === 500)
    expect(tally(errors)).toEqual({ web1: 10 })
    expect(errors.map((answer) => tried(answer).length)).toEqual(Array(10).fill(1))
    figure({
      en: `one of two servers answers 500: ${errors.length} of 20 readers saw it`,
      zh: `两台服务器中有一台返回 500：20 个读者里有 ${errors.length} 个看到`,
    })
  },
)

claim(
  'cut-off-get-retried-post-not',
  'a server that dies over a request: nginx asks the next one for a GET, and dares not for a POST',
  async ({ figure }) => {
    const cutOff = async (method: 'GET' | 'POST') => {
      const answer = await stage.balancer.ask({ port: 8005, path: '/crash?on=web1', method })
      await stage.balancer.start('web1')
      return answer
    }
    const [get, post] = [await cutOff('GET'), await cutOff('POST')]
    expect([get.status, servedBy(get), tried(get).length]).toEqual([200, 'web2', 2])
    expect([post.status, tried(post).length]).toEqual([502, 1])
    figure({
      en: `killed over the request: the GET ended in ${get.status} from ${servedBy(get)}, the POST in ${post.status}`,
      zh: `处理到一半时被杀：GET 由 ${servedBy(get)} 返回 ${get.status}，POST 得到 ${post.status}`,
    })
  },
)

claim(
  'hung-upstream-waits-for-read-timeout',
  'a hung server takes the connection, so max_fails learns nothing before proxy_read_timeout',
  async ({ figure }) => {
    const { balancer } = stage
    await balancer.signal('web1', 'SIGSTOP')
    try {
      const ask = () => balancer.askTimes(8, { port: 8006, path: '/' }, { atOnce: 8 })
      const isLate = (answer: Answer) => tried(answer).length === 2
      const [before, after] = [await ask(), await ask()]
      const waits = before.filter(isLate).map(({ ms }) => ms)
      expect(waits).toHaveLength(4)
      for (const ms of waits) expect(ms).toBeGreaterThanOrEqual(950)
      expect(after.filter(isLate)).toHaveLength(0)
      expect(failed([...before, ...after])).toBe(0)
      const shortest = seconds(Math.min(...waits))
      figure({
        en: `proxy_read_timeout 1s, max_fails=1: ${waits.length} of 8 readers at once waited ${shortest} s or more, then 0 of 8`,
        zh: `proxy_read_timeout 1s，max_fails=1：同时来的 8 个读者中 ${waits.length} 个等了至少 ${shortest} s，之后 8 个中 0 个`,
      })
    } finally {
      await balancer.signal('web1', 'SIGCONT')
    }
  },
)
