import { expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

const client = lab.address(50)
const believed = () => say('the address that the forum believes', '论坛认为的地址')

async function whoami(headers: Record<string, string> = {}): Promise<string> {
  const { status, body } = await lab.request('/whoami', { headers })
  expect(status, say('status of /whoami', '/whoami 的状态码')).toBe(200)
  return String((JSON.parse(body) as { client?: unknown }).client)
}

test(
  say(
    'the forum sees the address of the visitor, not of nginx',
    '论坛看到的是访客的地址，不是 nginx 的',
  ),
  async () => {
    expect(await whoami(), believed()).toBe(client)
  },
)

test(say('each visitor has an address of their own', '每个访客有自己的地址'), async () => {
  const { stdout } = await lab.exec('web1', ['node', '-e', visit])
  expect(/"client":"([^"]*)"/.exec(stdout)?.[1], believed()).toBe(lab.address(11))
})

// Another machine of the network comes as a visitor: fetch() would not send a Host of our own.
const visit = `require('node:http').get(
  { host: 'nginx', path: '/whoami', headers: { host: 'teahouse.test' } },
  (answer) => answer.pipe(process.stdout),
)`

const forgeries: readonly Record<string, string>[] = [
  { 'X-Forwarded-For': '203.0.113.7' },
  { 'X-Real-IP': '203.0.113.7' },
  { 'X-Forwarded-For': '203.0.113.7, 198.51.100.1', 'X-Real-IP': '203.0.113.7' },
  { Forwarded: 'for=203.0.113.7', 'X-Client-IP': '203.0.113.7', 'True-Client-IP': '203.0.113.7' },
]

test.for(forgeries)(say('a forged %o changes nothing', '伪造的 %o 不起作用'), async (headers) => {
  expect(await whoami(headers), believed()).toBe(client)
})
