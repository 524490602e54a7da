import { expect, test } from 'vitest'
import { createMemoryStore } from '../../../labs/teahouse/memory/store.ts'
import type { Assets, TopicSummary } from '../../../labs/teahouse/ports.ts'
import { StoreAway } from '../../../labs/teahouse/ports.ts'
import { openHouse } from './open-house.ts'

test.each(['/', '/topics/3', '/whoami', '/healthz', '/robots.txt', '/nowhere', '/me'])(
  'every answer says who served it: %s',
  async (path) => {
    const answer = await openHouse({ name: 'web2' }).ask(path)
    expect(answer.headers.get('x-served-by')).toBe('web2')
  },
)

test('the page says quietly who served it and where its data came from', async () => {
  const { ask } = openHouse()
  await ask('/')
  const footer = (await (await ask('/')).text()).split('<footer>')[1]
  expect(footer).toContain('served by <b>web1</b> · cache <b>hit</b>')
})

test('whoami tells what the application was told, and what it believes', async () => {
  const { ask } = openHouse()
  const headers = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' }
  expect(await (await ask('/whoami', headers, '192.0.2.7')).json()).toEqual({
    server: 'web1',
    client: '192.0.2.7',
    peer: '192.0.2.7',
    host: 'tea.test',
    headers: {
      'x-real-ip': null,
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
    },
    user: null,
  })
})

test('the default believes no header: anyone can write one', async () => {
  const forged = { 'x-forwarded-for': '1.1.1.1', 'x-real-ip': '1.1.1.1' }
  const answer = await openHouse().ask('/whoami', forged)
  expect(await answer.json()).toMatchObject({ client: '192.0.2.1' })
})

test('whom to believe is for the operator to say', async () => {
  const { ask } = openHouse({ clientAddress: ({ headers }) => headers.get('x-real-ip') ?? '?' })
  const answer = await ask('/whoami', { 'x-real-ip': '203.0.113.9' })
  expect(await answer.json()).toMatchObject({ client: '203.0.113.9' })
})

test('a server is healthy while its store answers', async () => {
  const answer = await openHouse().ask('/healthz')
  expect([answer.status, await answer.text()]).toEqual([200, 'ok'])
})

test('a server that lost its store says so, and the balancer can look elsewhere', async () => {
  const store = { ...createMemoryStore(), ping: () => Promise.reject(new StoreAway('gone')) }
  expect((await openHouse({ store }).ask('/healthz')).status).toBe(503)
})

test('a server that is closing is no longer healthy, though it still answers', async () => {
  const { ask } = openHouse({ isClosing: () => true })
  expect((await ask('/healthz')).status).toBe(503)
  expect((await ask('/')).status).toBe(200)
})

test('robots.txt is made by the application', async () => {
  const answer = await openHouse().ask('/robots.txt')
  expect(answer.headers.get('content-type')).toContain('text/plain')
  expect(await answer.text()).toContain('User-agent: *')
})

test('the topics as JSON are the front page’s topics, from the same cache', async () => {
  const { ask } = openHouse()
  await ask('/')
  const answer = await ask('/api/topics.json')
  expect(answer.headers.get('x-cache')).toBe('hit')
  const { topics } = (await answer.json()) as { topics: TopicSummary[] }
  expect(topics).toHaveLength(10)
  expect(topics[0]).toMatchObject({ id: 1, replies: 9 })
})

test('the report counts everything, and always asks the store', async () => {
  const answer = await openHouse().ask('/api/report.txt')
  expect(answer.headers.get('x-cache')).toBe('bypass')
  const text = await answer.text()
  expect(text).toContain('14 topics, 65 replies')
  expect(text).toContain('#14 My cat sleeps in the tea tray (Yuki)')
})

const assets: Assets = new Map([
  ['style.css', { type: 'text/css', version: 'abc', bytes: new TextEncoder().encode('a{}') }],
])

test('a static file has a tag, and is not sent again to whoever knows it', async () => {
  const { ask } = openHouse({ assets })
  const answer = await ask('/public/style.css?v=abc')
  expect(answer.headers.get('cache-control')).toBe('no-cache')
  expect([answer.status, await answer.text()]).toEqual([200, 'a{}'])
  const again = await ask('/public/style.css', { 'if-none-match': '"abc"' })
  expect([again.status, await again.text()]).toEqual([304, ''])
  expect(await (await ask('/')).text()).toContain('href="/public/style.css?v=abc"')
})

test.each(['/public/../server.ts', '/public/%2e%2e/server.ts', '/public/..%2fserver.ts'])(
  'there is nothing to climb out of: %s',
  async (path) => {
    expect((await openHouse({ assets }).ask(path)).status).toBe(404)
  },
)
