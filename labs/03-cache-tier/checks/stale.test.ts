import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ageOf, type Answer, createDraw, lab, say, sharedLifetime, topics } from '#labs/kit'

const atVarnish = { to: 'varnish', headers: { host: 'teahouse.test' } }
const [one = '', two = '', three = '', four = '', five = '', six = ''] = createDraw(35).some(
  6,
  topics,
)
/** The pages that each part of the check is about. */
const old = { varnish: [one, '/'], edge: [two, '/signin'], far: [three, five], gate: [four, six] }
const titles = new Map<string, string>()
let lifetime = 0
/** Seconds past its life at which a page is read once more: 10 are Varnish's own default, were it not switched off here. */
const later = 13

test(
  say(
    'both web servers die: the pages that were kept are read on, and say that they are old',
    '两台 Web 服务器都死了：缓存过的页面照样能读，并且说明自己是旧的',
  ),
  async () => {
    await lab.emptyCaches()
    const fresh = new Map<string, Answer>()
    for (const path of old.varnish) fresh.set(path, await lab.request(path, atVarnish))
    for (const path of [old.edge, old.far, old.gate].flat())
      fresh.set(path, await lab.request(path))
    lifetime = sharedLifetime(fresh.get(one)!)
    const kept = say('seconds that a page may be kept', '页面可以保存的秒数')
    expect(lifetime, kept).toBeGreaterThan(0)
    expect(lifetime, kept).toBeLessThan(20)
    for (const [path, answer] of fresh) {
      titles.set(path, titleOf(answer))
      expect(
        saysOld(answer),
        say(`${path} says that it is old, and is new`, `${path} 是新的，却说自己旧`),
      ).toBe(false)
    }
    for (const server of ['web1', 'web2']) await lab.refuse(server)
    const began = performance.now()
    for (const path of old.varnish) await untilOld(path, () => lab.request(path, atVarnish))
    for (const path of old.edge) await untilOld(path, () => lab.request(path))
    await pause(Math.max(0, began + (lifetime + later) * 1000 - performance.now()))
    for (const path of old.varnish) expectSame(path, await lab.request(path, atVarnish))
    for (const path of old.edge) expectSame(path, await lab.request(path))
  },
)

test(
  say(
    'the door of the origin dies, too: the edge still has the page',
    '源站的门也死了：边缘还有那一页',
  ),
  async () => {
    await lab.kill('nginx')
    for (const path of old.far) await staysReadable(path)
  },
)

test(
  say(
    'Varnish dies, and comes back without a page: the edge still has its own',
    'Varnish 死了，又空着回来：边缘还有自己的那一页',
  ),
  async () => {
    for (const server of ['web1', 'web2']) await lab.refuse(server)
    await lab.kill('varnish')
    for (const path of old.gate) await staysReadable(path)
    await lab.start('varnish')
    for (const path of old.gate) await staysReadable(path)
  },
)

test(say('when the origin is back, so is the new page', '源站回来，新页面也回来'), async () => {
  for (const ask of [
    ...[...old.gate, ...old.far].map((path) => () => lab.request(path)),
    ...old.varnish.map((path) => () => lab.request(path, atVarnish)),
  ])
    await expect
      .poll(async () => isFresh(await ask()), {
        timeout: 15_000,
        interval: 200,
        message: say('a new page within 15 s', '15 秒内出现新页面'),
      })
      .toBe(true)
})

/** Readable all the time, whatever its age, until it is past its life; and then it says so. */
async function untilOld(path: string, ask: () => Promise<Answer>): Promise<void> {
  const deadline = performance.now() + (lifetime + 6) * 1000
  for (;;) {
    const answer = await ask()
    expectSame(path, answer)
    if (saysOld(answer)) return
    expect(
      performance.now() < deadline,
      say(
        `${path} is past its life, and says nothing of it: Age ${ageOf(answer)} of ${lifetime} s`,
        `${path} 过期了却没有说明：Age ${ageOf(answer)}，有效期 ${lifetime} 秒`,
      ),
    ).toBe(true)
  }
}

async function staysReadable(path: string): Promise<void> {
  // The edge counts whole seconds: the copy may have a moment left.
  await untilOld(path, () => lab.request(path))
  for (let time = 0; time < 2; time++) {
    const answer = await lab.request(path)
    expectSame(path, answer)
    expect(saysOld(answer), say(`${path} says that it is old`, `${path} 说明自己是旧的`)).toBe(true)
  }
}

function expectSame(path: string, answer: Answer): void {
  expect(answer.failure ?? answer.status, say(`status of ${path}`, `${path} 的状态码`)).toBe(200)
  expect(titleOf(answer), say(`the page at ${path}`, `${path} 的页面`)).toBe(titles.get(path))
}

/** By its Age, or by any word of a cache: Warning, Cache-Status, X-Cache or what it likes. */
function saysOld(answer: Answer): boolean {
  if (lifetime > 0 && ageOf(answer) > lifetime) return true
  const words = Object.entries(answer.headers).filter(([name]) => name !== 'cache-control')
  return words.some(([, value]) => /\b(?:stale|updating)\b/i.test(value))
}

const isFresh = (answer: Answer) => answer.status === 200 && !saysOld(answer)
const titleOf = ({ body }: Answer) => /<h1[^>]*>([^<]*)</.exec(body)?.[1] ?? ''
