import { beforeEach, expect, test } from 'vitest'
import { say } from '../say.ts'
import { createFakeWorld, type InFlight } from './fake-world.ts'
import { createLifecycle, type Lifecycle } from './starter.ts'

/** What was agreed, in milliseconds. */
const PING_MS = 500
const NOTICE_MS = 1000
const GRACE_MS = 8000

let fake: ReturnType<typeof createFakeWorld>
let lifecycle: Lifecycle

beforeEach(() => {
  fake = createFakeWorld()
  lifecycle = createLifecycle(fake.world)
})

/** A request that gets in. */
const request = () => fake.request() as InFlight
const never = () => new Promise<void>(() => {})
const refuses = () => Promise.reject(new Error('connection refused'))

/** The answer of /healthz when so many milliseconds have passed. */
async function healthAfter(ms: number): Promise<number | 'no answer'> {
  let status: number | 'no answer' = 'no answer'
  lifecycle.health().then(
    (answer) => (status = answer),
    () => (status = 500),
  )
  await fake.pass(ms)
  return status
}

test(
  say('/healthz says 200 while the database answers', '数据库有应答时，/healthz 是 200'),
  async () => {
    expect(await healthAfter(0)).toBe(200)
    fake.database.ping = () => fake.world.sleep(PING_MS - 100)
    expect(await healthAfter(PING_MS)).toBe(200)
  },
)

test(say('503 if the database refuses', '数据库拒绝连接：503'), async () => {
  fake.database.ping = refuses
  expect(await healthAfter(0)).toBe(503)
})

test(say('503 if the database is silent for half a second', '数据库半秒不吭声：503'), async () => {
  fake.database.ping = never
  expect(await healthAfter(PING_MS - 1)).toBe('no answer')
  expect(await healthAfter(PING_MS)).toBe(503)
})

test(say('503 from the moment of the signal', '收到信号的那一刻起：503'), async () => {
  await fake.signal('SIGTERM')
  expect(await healthAfter(0)).toBe(503)
})

test(say('first it says so, then it closes the port', '先告知，再关门'), async () => {
  const early = request()
  await fake.signal('SIGTERM')
  await fake.pass(NOTICE_MS - 1)
  expect(fake.history()).toBe('-')
  await fake.pass(1)
  expect(fake.history()).toBe('port closed')
  expect(fake.request()).toBe('refused')
  early.answer()
})

test(say('requests in flight are answered before the end', '手上的请求答完才退出'), async () => {
  const [one, other] = [request(), request()]
  await fake.signal('SIGTERM')
  await fake.pass(NOTICE_MS + 1000)
  one.answer()
  await fake.pass(100)
  expect(fake.history()).toBe('port closed → answered')
  other.answer()
  await fake.pass(1000)
  expect(fake.history()).toBe('port closed → answered → answered → database closed → exit 0')
})

test(say('nobody there: it does not dawdle', '没有请求，就不拖延'), async () => {
  await fake.signal('SIGTERM')
  await fake.pass(NOTICE_MS + 100)
  expect(fake.history()).toBe('port closed → database closed → exit 0')
})

test(say('Ctrl-C (SIGINT) ends it as gently', 'Ctrl-C（SIGINT）同样温和'), async () => {
  await fake.signal('SIGINT')
  await fake.pass(NOTICE_MS + 100)
  expect(fake.history()).toBe('port closed → database closed → exit 0')
})

test(say('it exits when the database has closed, not before', '数据库关好了才退出'), async () => {
  const { end } = fake.database
  fake.database.end = () => fake.world.sleep(300).then(end)
  await fake.signal('SIGTERM')
  await fake.pass(NOTICE_MS + 1000)
  expect(fake.history()).toBe('port closed → database closed → exit 0')
})

test(say('a second signal changes nothing', '第二个信号什么也不改变'), async () => {
  const inFlight = request()
  await fake.signal('SIGTERM')
  await fake.pass(NOTICE_MS + 1000)
  await fake.signal('SIGTERM')
  await fake.pass(NOTICE_MS + 1000)
  inFlight.answer()
  await fake.pass(1000)
  expect(fake.history()).toBe('port closed → answered → database closed → exit 0')
})

test(
  say('after eight seconds it gives up, and says so: exit 1', '八秒一到就放弃，并如实说：退出码 1'),
  async () => {
    request()
    await fake.signal('SIGTERM')
    await fake.pass(GRACE_MS - 1)
    expect(fake.history()).toBe('port closed')
    await fake.pass(1)
    expect(fake.history()).toBe('port closed → exit 1, requests lost: 1')
  },
)

test(say('a database that will not close is no success', '数据库关不掉，不算成功'), async () => {
  fake.database.end = refuses
  await fake.signal('SIGTERM')
  await fake.pass(GRACE_MS)
  expect(fake.history()).toBe('port closed → exit 1')
})
