import { expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

test(say('every request is answered', '每个请求都得到回答'), async () => {
  const answers = await lab.requests(20, '/whoami', { concurrency: 4 })
  expect(answers.failed, say('requests without a good answer', '没有得到正常回答的请求')).toEqual(
    [],
  )
})

test(say('web1 and web2 share the requests evenly', 'web1 和 web2 平分请求'), async () => {
  let [web1, web2] = await count(60)
  // Round robin is exact and decided at once; chance (`random two`) gets a larger sample.
  if (!between(40, percent(web1, web2), 60)) [web1, web2] = await count(300)
  const even = between(30, percent(web1, web2), 70)
  expect(
    even,
    say(
      `web1 answered ${web1} requests, web2 ${web2}`,
      `web1 回答了 ${web1} 个，web2 回答了 ${web2} 个`,
    ),
  ).toBe(true)
})

async function count(requests: number): Promise<[web1: number, web2: number]> {
  const { web1 = 0, web2 = 0 } = (
    await lab.requests(requests, '/whoami', { concurrency: 4 })
  ).servedBy()
  return [web1, web2]
}

const percent = (a: number, b: number) => (100 * b) / (a + b || 1)
const between = (low: number, value: number, high: number) => low <= value && value <= high

test(say('the pages of the forum arrive, too', '论坛的页面也能打开'), async () => {
  const answer = await lab.request('/')
  expect(answer.status, say('status of /', '/ 的状态码')).toBe(200)
  expect(answer.body, say('the page at /', '/ 的页面')).toContain('Teahouse')
})
