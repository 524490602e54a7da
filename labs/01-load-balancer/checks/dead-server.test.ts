import { expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

const failures = () => say('requests without a good answer', '没有得到正常回答的请求')
const page = { path: '/whoami', timeoutMs: 3000 }

test(
  say('web2 closes its port, and no reader notices', 'web2 关闭端口，读者毫无察觉'),
  async () => {
    await lab.refuse('web2')
    const reading = await lab.requests(30, page.path, page)
    expect(reading.failed, failures()).toEqual([])
    const writing = await lab.requests(10, '/signin', { ...page, ...signIn })
    expect(writing.failed, failures()).toEqual([])
  },
)

test(
  say('the machine of web2 vanishes: nobody waits over 2 s', 'web2 整台消失：没有人等超过 2 秒'),
  async () => {
    await lab.kill('web2')
    const answers = await lab.requests(40, page.path, page)
    expect(answers.failed, failures()).toEqual([])
    expect(
      answers.slowerThan(2000),
      say('waits over 2 s, in ms', '超过 2 秒的等待（毫秒）'),
    ).toEqual([])
    const later = await lab.requests(30, page.path, page)
    expect(
      later.slowerThan(500),
      say(
        'waits over 0.5 s once nginx has learnt of it, in ms',
        'nginx 得知之后仍超过 0.5 秒的等待（毫秒）',
      ),
    ).toEqual([])
  },
)

test(say('a server that is back gets requests again', '恢复的服务器会重新收到请求'), async () => {
  await lab.refuse('web2')
  await lab.requests(20, page.path, page)
  await lab.start('web2')
  const back = async () => ((await lab.requests(10, page.path, page)).servedBy().web2 ?? 0) > 0
  // nginx tries it again after fail_timeout, 10 s unless the reader says otherwise.
  await expect
    .poll(back, {
      timeout: 25_000,
      interval: 500,
      message: say('web2 answered within 25 s', '25 秒内 web2 有回答'),
    })
    .toBe(true)
})

const signIn = {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'name=Lu+Yu',
}
