import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { createNoticeSender } from '../../../labs/teahouse/adapters/notice-sender.ts'
import type { Change, Notice } from '../../../labs/teahouse/ports.ts'
import { openHouse } from './open-house.ts'

const webp = () => {
  const form = new FormData()
  form.set('avatar', new File(['RIFF0000WEBP'], 'me.webp'))
  return form
}

test('a topic, a reply and a picture are told, each once it is written', async () => {
  const changes: Change[] = []
  const { post, signIn } = openHouse({
    noticesOf: (change) => (changes.push(change), []),
    sendNotice: async () => {},
  })
  const headers = await signIn('Mei')
  await post('/topics/2/replies', { body: 'Try 78 °C.' }, headers)
  await post('/topics', { title: 'Cups', body: 'Which?' }, headers)
  await post('/me/avatar', webp(), headers)
  await post('/topics/2/replies', { body: '' }, headers)
  await post('/topics/2/replies', { body: 'A stranger.' })
  expect(changes).toEqual([
    { kind: 'reply', topic: 2 },
    { kind: 'topic', topic: expect.any(Number) },
    { kind: 'picture', user: 'Mei' },
  ])
})

test('a round is sent at once, the next one when it has ended, all before the writer is answered', async () => {
  const order: string[] = []
  const notice = (url: string): Notice => ({ method: 'PURGE', url })
  const { post, signIn } = openHouse({
    noticesOf: () => [[notice('a'), notice('b')], [notice('c')]],
    sendNotice: async ({ url }) => {
      order.push(`${url} leaves`)
      await Promise.resolve()
      order.push(`${url} arrives`)
    },
  })
  await post('/topics/2/replies', { body: 'Hot.' }, await signIn('Mei'))
  expect(order).toEqual(
    ['a leaves', 'b leaves', 'a arrives', 'b arrives', 'c leaves', 'c arrives'], //
  )
})

test('a cache that does not listen costs a line in the log, not the reply', async () => {
  const reported: string[] = []
  const { post, signIn } = openHouse({
    noticesOf: () => [[{ method: 'PURGE', url: 'http://varnish/' }]],
    sendNotice: () => Promise.reject(new Error('silent')),
    report: (error) => reported.push(String(error)),
  })
  const answer = await post('/topics/2/replies', { body: 'Hot.' }, await signIn('Mei'))
  expect(answer.status).toBe(303)
  expect(reported).toEqual(['Error: silent'])
})

test('a notice has its own method and Host; a refusal, a closed door and silence are told', async () => {
  const seen: unknown[][] = []
  const server = createServer((incoming, outgoing) => {
    seen.push([incoming.method, incoming.url, incoming.headers.host, incoming.headers['x-refresh']])
    if (incoming.url === '/silence') return
    outgoing.writeHead(incoming.url === '/refused' ? 403 : 200).end('ok')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const send = createNoticeSender({ timeoutMs: 200 })
  const headers = { Host: 'teahouse.test', 'X-Refresh': 'yes' }
  await send({ method: 'PURGE', url: `${url}/topics/3`, headers })
  expect(seen).toEqual([['PURGE', '/topics/3', 'teahouse.test', 'yes']])
  await expect(send({ method: 'PURGE', url: `${url}/refused` })).rejects.toThrow('answered 403')
  await expect(send({ method: 'GET', url: `${url}/silence` })).rejects.toThrow('silent for 200 ms')
  server.closeAllConnections()
  server.close()
  await expect(send({ method: 'GET', url })).rejects.toThrow('ECONNREFUSED')
})
