import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { verbs } from '../../../../../labs/runtime/docker/client/requests.mts'
import type { Answer, RequestBatch } from '../../../../../labs/runtime/runtime.ts'

const timeoutMs = 5000
let server: Server
let asked: string[] = []
/** Requests under way, when no more can be: then time goes on until all of them have waited in vain. */
let [open, most] = [0, 1]

/** `/silent…` has no answer, ever. */
beforeEach(async () => {
  asked = []
  open = 0
  server = createServer(({ url = '' }, answer) => {
    asked.push(url)
    if (!url.startsWith('/silent')) return answer.end('tea')
    if (++open < most) return
    open = 0
    void vi.advanceTimersByTimeAsync(timeoutMs)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(async () => {
  vi.useRealTimers()
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
})

function sent(paths: readonly string[], concurrency: number): Promise<Answer[]> {
  most = concurrency
  const { port } = server.address() as AddressInfo
  const requests = paths.map((path) => ({ path, to: '127.0.0.1', port, timeoutMs }))
  const batch: RequestBatch = { requests, concurrency }
  return verbs['/']!(batch as never) as Promise<Answer[]>
}
const silent = (count: number) => Array.from({ length: count }, (_, at) => `/silent/${at}`)

test('when nobody has been answered for twenty seconds, the rest of a batch is not sent', async () => {
  const answers = await sent(silent(40), 4)
  expect(answers.map(({ failure }) => failure)).toEqual([
    ...Array.from({ length: 16 }, () => 'no answer in 5000 ms'),
    ...Array.from({ length: 24 }, () => 'no answer to anything before it in 20000 ms: not sent'),
  ])
  expect(asked).toHaveLength(16)
})

test('one answer among the silent, and all are sent', async () => {
  const paths = silent(9).flatMap((path, at) => (at % 3 === 2 ? [path, '/'] : [path]))
  const answers = await sent(paths, 1)
  expect(asked).toEqual(paths)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
})
