import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { form, lab, say } from '#labs/kit'

/** Milliseconds in which it ends once the last one is out: a fixed wait is longer, or too short for whoever is inside. */
const patience = 3000
/** Readers are kept waiting for so long: eight seconds are allowed. */
const wait = 7000

const patient = { timeoutMs: 20_000 }
const signIn = { method: 'POST', headers: form, body: 'name=Lu+Yu', ...patient }
/** It is computed while the process ends: what is still to come of the request changes nothing. */
const slow = { method: 'POST', headers: form, body: 'please=yes', ...patient }

test(
  say('with nobody inside, the process ends by itself', '没有人在里面时，进程自己退出'),
  async () => {
    await lab.untilAnswered('/whoami')
    await lab.askToEnd('web')
    await endsByItself()
  },
)

test(
  say(
    'requests in flight are answered, however long that takes, and then it ends',
    '已经开始的请求，不管多久都得到响应，然后进程才退出',
  ),
  async () => {
    await lab.untilAnswered('/whoami')
    const seconds = await lab.secondsToStop('web')
    expect(
      seconds * 1000 > wait,
      say(
        `a reader waits for ${wait / 1000} s, and Docker kills web after ${seconds}`,
        `读者要等 ${wait / 1000} 秒，而 Docker 过 ${seconds} 秒就强行结束 web`,
      ),
    ).toBe(true)
    const requests = [await lab.hold('/signin', signIn), await lab.hold('/recovery-key', slow)]
    await lab.askToEnd('web')
    await pause(wait)
    const [entry, key] = await Promise.all(requests.map((request) => request.finish()))
    for (const [answer, name, status] of [
      [entry!, 'POST /signin', 303],
      [key!, 'POST /recovery-key', 200],
    ] as const) {
      const fate = say(`what became of ${name}, in flight`, `进行中的 ${name} 的下场`)
      expect(answer.failure, fate).toBe(undefined)
      expect(answer.status, say(`status of ${name}`, `${name} 的状态码`)).toBe(status)
    }
    await endsByItself()
  },
)

async function endsByItself(): Promise<void> {
  const code = await lab.waitForEnd('web', patience)
  expect(
    code !== undefined,
    say(
      `after ${patience / 1000} s more the process still runs: Docker would kill it`,
      `又过了 ${patience / 1000} 秒，进程还在运行：Docker 会强行结束它`,
    ),
  ).toBe(true)
  expect(code, say('exit code (137: killed)', '退出码（137：被强行结束）')).not.toBe(137)
}
