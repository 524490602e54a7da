import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createVite } from 'vite'
import { afterEach, expect, test } from 'vitest'
import { liveLab } from '../../../.vitepress/config/live-lab/live-lab.ts'
import { livePath } from '../../../.vitepress/theme/live-path.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A dev server with a watch that tells one thing, and says when it has been stopped. */
async function serve() {
  let stopped: () => void = () => {}
  const isStopped = new Promise<void>((resolve) => (stopped = resolve))
  const vite = await createVite({
    configFile: false,
    logLevel: 'silent',
    server: { middlewareMode: true, ws: false },
    appType: 'custom',
    plugins: [
      liveLab((tell) => {
        tell({ kind: 'lab', lab: 'load-balancer' })
        return stopped
      }),
    ],
  })
  const server = createServer(vite.middlewares).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  closers.push(
    () => vite.close(),
    () => server.close(),
  )
  return { port: (server.address() as AddressInfo).port, isStopped }
}

const ask = (port: number, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; first: string; hangUp: () => void }>((resolve) => {
    const asking = request({ host: '127.0.0.1', port, path: livePath, headers }, (response) => {
      const answer = { status: response.statusCode!, hangUp: () => asking.destroy() }
      response.once('data', (data) => resolve({ ...answer, first: String(data) }))
      response.once('end', () => resolve({ ...answer, first: '' }))
    })
    asking.on('error', () => {})
    asking.end()
  })

test('an open page is told of the lab, until it closes', async () => {
  const { port, isStopped } = await serve()
  const { status, first, hangUp } = await ask(port)
  expect(status).toBe(200)
  expect(first).toBe('data: {"kind":"lab","lab":"load-balancer"}\n\n')
  hangUp()
  await isStopped
})

test.each([
  ['a page of another site', { 'sec-fetch-site': 'cross-site' }],
  ['a name that is not of this machine', { host: 'four-tiers.test' }],
])('%s is told nothing', async (_, headers) => {
  const { port } = await serve()
  expect(await ask(port, headers)).toMatchObject({ status: 403, first: '' })
})
