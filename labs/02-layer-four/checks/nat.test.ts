import { beforeAll, expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

const address = '192.0.2.100'
const directors = ['lvs1', 'lvs2']
const readers = Array.from({ length: 8 }, (_, index) => `192.0.2.${50 + index}`)
/** Long enough for a machine that is busy with something else. */
const patient = { timeoutMs: 4000 }

beforeAll(() => lab.wire.settled(address, directors).then(() => undefined))

test(say('the virtual address answers every reader', '每个读者都从虚拟地址得到响应'), async () => {
  const questions = readers.flatMap((from) =>
    ['/whoami', '/alive'].map((path) => ({ ...patient, path, from })),
  )
  const answers = await lab.send(questions, { concurrency: 6 })
  expect(answers.failed, say('requests without a good answer', '没有得到正常响应的请求')).toEqual(
    [],
  )
})

/** Shares of 5 to 4 differ by four or five of so many. */
const turns = 40
const fairWithin = 2

test(say('nginx1 and nginx2 take turns', 'nginx1 和 nginx2 轮流响应'), async () => {
  // On a busy machine a health check may take a server out for a moment: then once more.
  const deadline = performance.now() + 4000
  for (;;) {
    // One at a time: what looks at open connections (`lc`) has to guess when several come at once.
    const answers = await lab.requests(turns, '/alive', { timeoutMs: 500 })
    const { nginx1 = 0, nginx2 = 0 } = answers.by('x-nginx')
    const isFair = nginx1 + nginx2 === turns && Math.abs(nginx1 - nginx2) <= fairWithin
    if (!isFair && performance.now() < deadline) continue
    const told = say(
      `nginx1 answered ${nginx1} requests, nginx2 ${nginx2}`,
      `nginx1 响应了 ${nginx1} 个，nginx2 响应了 ${nginx2} 个`,
    )
    return expect(isFair, told).toBe(true)
  }
})

test(say("nginx sees the reader's own address", 'nginx 看到的是读者自己的地址'), async () => {
  // Twice each, one after the other: so each reader meets both nginx.
  const questions = readers.flatMap((from) => Array.from({ length: 2 }, () => from))
  const answers = await lab.send(questions.map((from) => ({ ...patient, path: '/alive', from })))
  const seen = (who: readonly string[]) => [...new Set(who)].sort()
  const machines = seen(answers.all.map(({ headers }) => headers['x-nginx'] ?? '-'))
  expect(machines, say('who has answered', '由谁响应')).toEqual(['nginx1', 'nginx2'])
  const mistaken = answers.all.flatMap(({ headers }, index) => {
    const [from = '', client = '-'] = [questions[index], headers['x-client']]
    return client === from ? [] : [`${headers['x-nginx'] ?? '-'}: ${from} → ${client}`]
  })
  const message = say('readers whom nginx takes for another', 'nginx 认错的读者')
  expect(seen(mistaken), message).toEqual([])
})

test(say('the answers pass the director again', '响应也要再经过调度器'), async () => {
  const counted = async () => {
    const all = directors.map((one) => lab.wire.counters(one, `${address}:80`))
    return (await Promise.all(all)).reduce((sum, counters) => sum + counters.out, 0)
  }
  const before = await counted()
  await lab.requests(4, '/alive', { ...patient, concurrency: 4 })
  const message = say('IPVS counts packets on their way back', 'IPVS 统计到返回方向的数据包')
  // The kernel adds its counters up every two seconds.
  const isMore = async () => (await counted()) > before
  await expect.poll(isMore, { message, timeout: 4000, interval: 100 }).toBe(true)
})
