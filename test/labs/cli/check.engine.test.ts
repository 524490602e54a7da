import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Verdict } from '../../../labs/checker/verdict.ts'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { outcomes } from '../lab-under-test.ts'
import { EngineDoor } from './engine-door.ts'
import { readerOnEngine, whatIsLeft } from './engine-of-tests.ts'
import { Reader } from './reader.ts'

let reader: Reader
/** One of ours, once: as a reader meets it. */
let ours: Reader
let engine: Engine
const servers: Server[] = []
readerOnEngine((given) => ({ reader, engine } = given))
beforeAll(() => void (ours = new Reader('01-load-balancer')))
afterAll(async () => {
  for (const server of servers) server.close()
  await ours.leave()
})

/** Taken by this test, or by somebody else already: taken it is. */
async function take(port: number): Promise<number> {
  const server = createServer()
  servers.push(server)
  return new Promise((resolve) => {
    server.once('error', () => resolve(port))
    server.listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
  })
}

test('a port that the reader insists on and that is taken is named with its owner', async () => {
  const port = await take(0)
  const { code, stderr } = await reader.run(['1', '--check', '--port', String(port)])
  expect(code).toBe(3)
  const owner = process.platform === 'linux' ? ` by pid ${process.pid}` : ''
  expect(stderr).toContain(`Port ${port} is in use${owner}`)
  expect(stderr).toContain(`Next: npm run lab 1 -- --port ${port + 1}`)
  expect(await whatIsLeft(engine, reader)).toEqual([])
})

test('a fresh copy fails six tasks, each with what was seen, how to see it, and a hint, on a free port', async () => {
  await take(8080)
  const { code, stdout } = await ours.run(['1', '--check'])
  expect(code).toBe(1)
  const told = stdout.split(/^✗ (?=\d)/m).slice(1)
  expect(told).toHaveLength(6)
  for (const task of told) {
    // A long sentence goes on below its beginning.
    expect(task).toMatch(/^ {4}✗ .+\n(?: {6}\S.*\n)* {14}\S/m)
    expect(task).toMatch(/^ {4}see it {4}\S/m)
    expect(task).toMatch(/^ {4}hint {6}npm run lab 1 hint [a-z-]+$/m)
  }
  expect(stdout).toMatch(/http:\/\/127\.0\.0\.1:\d+/)
  expect(stdout).not.toContain('127.0.0.1:8080')
  expect(stdout).toContain('0 of 6 tasks pass.')
})

test('with our answer in place all six pass, and the reader’s files are kept', async () => {
  ours.save('work/nginx/teahouse.conf', '# mine\n')
  const { stdout } = await ours.run(['1', 'solution', '--apply', '--json'])
  const { kept } = JSON.parse(stdout) as { kept: string }
  expect(ours.read(`../../${kept}/nginx/teahouse.conf`)).toBe('# mine\n')
  const check = await ours.run(['1', '--check', '--json'])
  expect(JSON.parse(check.stdout)).toMatchObject({ outcome: 'pass', exitCode: 0 })
  expect(check.code).toBe(0)
  expect((await ours.run([])).stdout).toContain('6/6')
  expect(await whatIsLeft(engine, ours)).toEqual([])
})

test('an engine that stops under a check makes it an error, never a fail', async () => {
  const door = await EngineDoor.open(engine)
  const check = reader.start(['1', '--check', '--json'], door.env)
  await check.says(/nginx-1 Healthy/)
  door.close()
  const { code, stdout } = await check.ended
  expect(code).toBe(3)
  const { verdicts } = JSON.parse(stdout.split('\n')[0]!) as { verdicts?: Verdict[] }
  const all = Object.values(outcomes(verdicts ?? []))
  expect(all).not.toContain('fail')
  expect(stdout).toContain('The Docker engine does not answer.')
  expect(stdout).toContain('npm run lab doctor')

  // The engine is back, and what could not be removed is removed now.
  expect((await reader.run(['1', 'down'])).code).toBe(0)
  expect(await whatIsLeft(engine, reader)).toEqual([])
})
