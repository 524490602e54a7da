import { expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

const signIn = {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: 'name=Lu+Yu',
  timeoutMs: 20_000,
}

/** Docker gives ten seconds: https://docs.docker.com/reference/cli/docker/container/stop/ */
const grace = 8000

test(
  say(
    'a request in flight is answered, then the process ends by itself',
    '已经开始的请求得到回答，然后进程自己退出',
  ),
  async () => {
    await lab.untilAnswered('/whoami')
    const request = await lab.hold('/signin', signIn)
    await lab.askToEnd('web')
    // Another request, so that the server has had its turn: the signal has been seen by now.
    await lab.request('/whoami', { timeoutMs: 2000 })
    const answer = await request.finish()
    expect(answer.failure, say('what became of the request in flight', '进行中的请求的下场')).toBe(
      undefined,
    )
    expect(answer.status, say('its status', '它的状态码')).toBe(303)
    const code = await lab.waitForEnd('web', grace)
    expect(
      code !== undefined,
      say(
        `${grace / 1000} s after the signal the process still runs: Docker would kill it`,
        `收到信号 ${grace / 1000} 秒后进程还在运行：Docker 会强行结束它`,
      ),
    ).toBe(true)
    expect(code, say('exit code (137: killed)', '退出码（137：被强行结束）')).not.toBe(137)
  },
)
