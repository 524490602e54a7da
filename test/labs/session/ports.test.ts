import { createServer, Server } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { demandPort } from '../../../labs/session/ports.ts'

const servers: Server[] = []
afterEach(() => {
  vi.restoreAllMocks()
  for (const server of servers.splice(0)) server.close()
})

/** As for a reader who is not root, or on a port that somebody has. */
const refuse = (code: string) =>
  vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server) {
    queueMicrotask(() => this.emit('error', Object.assign(new Error(code), { code })))
    return this
  })

test('a port below 1024 is not called taken where it is only not allowed', async () => {
  refuse('EACCES')
  await expect(demandPort(80, 1)).rejects.toMatchObject({
    message: 'Port 80 is one that only root may listen on.',
    next: 'npm run lab 1 -- --port 8080',
  })
})

test('after the last port comes no other', async () => {
  refuse('EADDRINUSE')
  await expect(demandPort(65_535, 1)).rejects.toMatchObject({
    message: expect.stringContaining('Port 65535 is in use'),
    next: 'npm run lab 1 -- --port 65534',
  })
})

test('a free port is taken at its word, a taken one is named', async () => {
  const server = createServer()
  servers.push(server)
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  )
  await expect(demandPort(port, 1)).rejects.toMatchObject({
    next: `npm run lab 1 -- --port ${port + 1}`,
  })
  await new Promise((resolve) => server.close(resolve))
  expect(await demandPort(port, 1)).toBe(port)
})
