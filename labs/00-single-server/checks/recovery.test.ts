import { expect, test } from 'vitest'
import { form, lab, type LabRequest, say } from '#labs/kit'

test(say('a crash of the forum heals by itself', '论坛崩溃之后，自己恢复'), async () => {
  await lab.untilAnswered('/whoami')
  // A second time: who may be started again once only, has had his turn.
  for (const after of [
    say('web after its crash', '崩溃之后的 web'),
    say('web after a second crash', '第二次崩溃之后的 web'),
  ]) {
    await lab.crash('web')
    expect(await recovery('web'), after).toBe('running')
  }
  await expectNoLimit('web')
})

test(
  say(
    'without its database the forum says so, and is well when the database is back by itself',
    '数据库没了，论坛会如实相告；数据库自己恢复后，论坛也恢复',
  ),
  async () => {
    await lab.untilAnswered('/whoami')
    await lab.crash('db')
    const meanwhile = await lab.send(visits, { concurrency: visits.length })
    const got = say('readers who get no answer meanwhile', '这期间得不到响应的读者')
    expect(
      meanwhile.all.flatMap(({ failure }) => failure ?? []),
      got,
    ).toEqual([])
    expect(await recovery('db'), say('db after its crash', '崩溃之后的 db')).toBe('running')
    await expectNoLimit('db')
  },
)

/** Docker counts crashes, and waits longer after each: a limit of five would take a minute to be met. */
async function expectNoLimit(server: string): Promise<void> {
  const times = await lab.restarts(server)
  const limit = say(
    `after so many crashes Docker leaves ${server} dead`,
    `${server} 崩溃这么多次之后，Docker 就不管它了`,
  )
  expect(times, limit).toBe(Infinity)
}

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
    const seconds = await lab.secondsToUnhealthy('web')
    expect(seconds !== undefined, say('web has no health check', 'web 没有健康检查')).toBe(true)
    await lab.hang('web')
    // At most: a check may have a time-out of its own, and need less.
    const limit = Math.min(Math.ceil(seconds!), aMinute) + 10
    const ill = say(`state of web ${limit} s after it hung`, `卡死 ${limit} 秒后 web 的状态`)
    const poll = { timeout: limit * 1000, interval: 250, message: ill }
    await expect.poll(state, poll).toBe('unhealthy')
  },
)

const aMinute = 60

/** What readers want while the database is away. */
const visits: readonly LabRequest[] = [
  { path: '/' },
  { path: '/topics/3' },
  { path: '/api/topics.json' },
  { path: '/', headers: { cookie: 'teahouse_session=web.0123456789abcdef' } },
  { path: '/signin', method: 'POST', headers: form, body: 'name=Lu+Yu' },
].map((visit) => ({ ...visit, timeoutMs: 8000 }))
