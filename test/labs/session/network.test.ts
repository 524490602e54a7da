import { createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { EnvironmentError } from '../../../labs/runtime/environment-error.ts'
import { demandPort, freePort, tryPort } from '../../../labs/session/ports.ts'
import { overlaps } from '../../../labs/runtime/host-networks.ts'

const servers = new Set<ReturnType<typeof createServer>>()
afterEach(() => {
  for (const server of servers) server.close()
  servers.clear()
})

async function occupied(): Promise<number> {
  const server = createServer()
  servers.add(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as { port: number }).port
}

test('a taken port that nobody insists on moves to a free one', async () => {
  const taken = await occupied()
  const port = await freePort(taken, new Set())
  expect(port).not.toBe(taken)
  expect(await tryPort(port)).toBe(port)
})

test('a port promised to another service of the lab is not given twice', async () => {
  const first = await freePort(28_080, new Set())
  expect(await freePort(first, new Set([first]))).not.toBe(first)
})

test('who begins elsewhere among the twenty has another port, and comes round to the first', async () => {
  const first = await freePort(29_080, new Set())
  expect(await freePort(first, new Set(), 7)).not.toBe(first)
  const others = Array.from({ length: 19 }, (_, i) => first + 1 + i)
  expect(await freePort(first, new Set(others), 7)).toBe(first)
})

test('a taken port that the reader asked for is an error that names its owner and what to type', async () => {
  const taken = await occupied()
  const error = await demandPort(taken, 1).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(EnvironmentError)
  expect((error as EnvironmentError).message).toContain(`Port ${taken} is in use`)
  if (process.platform === 'linux') expect((error as Error).message).toContain(`pid ${process.pid}`)
  expect((error as EnvironmentError).next).toBe(`npm run lab 1 -- --port ${taken + 1}`)
})

test.each([
  ['10.201.1.0/24', '10.201.1.0/24', true],
  ['10.0.0.0/8', '10.201.1.0/24', true],
  ['0.0.0.0/0', '10.201.1.0/24', true],
  ['10.201.2.0/24', '10.201.1.0/24', false],
  ['192.168.0.0/16', '10.201.1.0/24', false],
])('%s and %s overlap: %s', (a, b, wanted) => expect(overlaps(a, b)).toBe(wanted))
