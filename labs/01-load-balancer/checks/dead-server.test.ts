import { expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

const page = '/whoami'
const patient = { timeoutMs: 3000 }
const failures = () => say('requests without a good answer', '没有得到正常回答的请求')

const signIn = {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'name=Lu+Yu',
}

test(
  say(
    'the busiest server closes its port, and no reader notices',
    '最忙的服务器关闭端口，读者毫无察觉',
  ),
  async () => {
    await lab.refuse(await busiest())
    const reading = await lab.requests(30, page, patient)
    expect(reading.failed, failures()).toEqual([])
    const writing = await lab.requests(10, '/signin', { ...patient, ...signIn })
    expect(writing.failed, failures()).toEqual([])
  },
)

test(
  say('its whole machine vanishes, and nobody waits over 2 s', '它整台消失，没有人等超过 2 秒'),
  async () => {
    await lab.kill(await busiest())
    const first = await lab.requests(3, page, patient)
    expect(first.failed, failures()).toEqual([])
    const answers = await lab.requests(24, page, patient)
    expect(answers.failed, failures()).toEqual([])
    const waits = [...first.slowerThan(2000), ...answers.slowerThan(2000)]
    expect(waits, say('waits over 2 s, in ms', '超过 2 秒的等待（毫秒）')).toEqual([])
    const later = await lab.requests(20, page, patient)
    const still = say(
      'waits over 0.5 s once nginx has learnt of it, in ms',
      'nginx 得知之后仍超过 0.5 秒的等待（毫秒）',
    )
    expect(later.slowerThan(500), still).toEqual([])
  },
)

test(say('a server that is back gets requests again', '恢复的服务器会重新收到请求'), async () => {
  const server = await busiest()
  await lab.refuse(server)
  await lab.requests(20, page, patient)
  await lab.start(server)
  const share = async () => (await lab.requests(10, page, patient)).servedBy()[server] ?? 0
  // nginx tries it again after fail_timeout: 10 s by default, 30 s in many a handbook.
  const message = say(`${server} answers again within 40 s`, `40 秒内 ${server} 重新回答`)
  await expect.poll(share, { timeout: 40_000, interval: 500, message }).toBeGreaterThan(0)
})

async function busiest(): Promise<string> {
  const shares = Object.entries((await lab.requests(20, page, patient)).servedBy())
  const [first] = shares.sort(([, a], [, b]) => b - a)
  expect(first, say('servers that answer at all', '有回答的服务器')).toBeDefined()
  return first![0]
}
