import { expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

test(say('a crash of the forum heals by itself', '论坛崩溃之后，自己恢复'), async () => {
  await lab.untilAnswered('/whoami')
  await lab.crash('web')
  expect(await recovery('web'), say('web after its crash', '崩溃之后的 web')).toBe('running')
})

test(
  say(
    'without its database the forum says so, and is well when the database is back by itself',
    '数据库没了，论坛会如实相告；数据库自己恢复后，论坛也恢复',
  ),
  async () => {
    await lab.untilAnswered('/whoami')
    await lab.crash('db')
    const meanwhile = await lab.request('/', { timeoutMs: 8000 })
    const got = say('what a reader gets meanwhile', '这期间读者得到什么')
    expect(meanwhile.failure, got).toBe(undefined)
    expect(await recovery('db'), say('db after its crash', '崩溃之后的 db')).toBe('running')
  },
)

/** `running` once readers see their topics again. Who has ended for good is not waited for. */
async function recovery(server: string): Promise<string> {
  const deadline = performance.now() + 30_000
  while (performance.now() < deadline) {
    if ((await lab.request('/', { timeoutMs: 3000 })).status === 200) return 'running'
    const { state } = await lab.status(server)
    if (state === 'exited') return state
  }
  return say('not back within 30 s', '30 秒内没有恢复')
}

test(
  say('a forum that hangs is seen to be unhealthy', '论坛卡死了，会被标记为 unhealthy'),
  async () => {
    await lab.untilAnswered('/whoami')
    const state = async () => (await lab.status('web')).state
    const well = say('state of web before', '之前 web 的状态')
    await expect.poll(state, { timeout: 30_000, interval: 250, message: well }).toBe('running')
    const { hasHealthCheck } = await lab.status('web')
    expect(hasHealthCheck, say('web has no health check', 'web 没有健康检查')).toBe(true)
    await lab.hang('web')
    const ill = say('state of web 20 s after it hung', '卡死 20 秒后 web 的状态')
    await expect.poll(state, { timeout: 20_000, interval: 250, message: ill }).toBe('unhealthy')
  },
)
