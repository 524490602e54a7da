import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { Agent, get, request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startForum, startServer } from './start-server.ts'

const running: { child: { kill(signal: 'SIGKILL'): boolean } }[] = []
afterEach(() => {
  for (const { child } of running.splice(0)) child.kill('SIGKILL')
})
const forum = async (env?: Record<string, string>) => {
  const started = await startForum(env)
  running.push(started)
  return started
}

/** A request whose headers have arrived, and whose body has not: the server can only wait. */
async function requestInFlight(port: number): Promise<ClientRequest> {
  const body = 'name=Lin'
  const headers = {
    expect: '100-continue',
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': body.length,
  }
  const pending = request({ port, host: '127.0.0.1', path: '/signin', method: 'POST', headers })
  pending.flushHeaders()
  await once(pending, 'continue')
  return pending
}

const answerTo = async (pending: ClientRequest) => {
  const [answer] = (await once(pending, 'response')) as [IncomingMessage]
  answer.resume()
  return answer
}

const isRefused = async (port: number) => {
  const socket = connect(port, '127.0.0.1')
  const refused = await once(socket, 'connect').then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED',
  )
  socket.destroy()
  return refused
}

test('the server answers, and writes one plain line for each request', async () => {
  const { url, line } = await forum()
  const answer = await fetch(`${url}/topics/3`)
  expect(answer.headers.get('x-served-by')).toBe('web1')
  expect(answer.headers.get('x-cache')).toBe('miss')
  expect(await line(/^GET/)).toMatch(/^GET \/topics\/3 200 \d+\.\dms 127\.0\.0\.1$/)
})

test('told to stop, the server refuses new connections and finishes what it has begun', async () => {
  const { child, port, line, ended } = await forum()
  const pending = await requestInFlight(port)
  child.kill('SIGTERM')
  await line(/SIGTERM: closing/)
  expect(await isRefused(port)).toBe(true)
  pending.end('name=Lin')
  expect((await answerTo(pending)).statusCode).toBe(303)
  expect(await ended).toMatchObject({ code: 0 })
})

test('a request that never ends holds the server up for less than a second', async () => {
  const { child, port, line, ended } = await forum()
  const pending = await requestInFlight(port)
  pending.on('error', () => {}) // it will be cut off
  child.kill('SIGTERM')
  await line(/SIGTERM: closing/)
  const start = performance.now()
  expect(await ended).toMatchObject({ code: 0 })
  expect(performance.now() - start).toBeLessThan(2000) // 800 ms, and room for a busy machine
})

test('a connection kept alive does not keep a stopped server alive', async () => {
  const { child, port, ended } = await forum()
  const agent = new Agent({ keepAlive: true })
  await answerTo(get({ port, host: '127.0.0.1', path: '/healthz', agent }))
  child.kill('SIGINT')
  expect(await ended).toMatchObject({ code: 0 })
  agent.destroy()
})

test('behind a shut door the process lives: connections are refused, and then accepted again', async () => {
  const { child, port, url, line } = await forum()
  const pending = await requestInFlight(port)
  child.kill('SIGUSR2')
  await line(/door shut/)
  expect(await isRefused(port)).toBe(true)
  pending.end('name=Lin')
  expect((await answerTo(pending)).statusCode).toBe(303)
  child.kill('SIGUSR2')
  await line(/door open/)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test('a server whose door is shut still stops when it is told to', async () => {
  const { child, line, ended } = await forum()
  child.kill('SIGUSR2')
  await line(/door shut/)
  child.kill('SIGTERM')
  await line(/^closed$/)
  expect(await ended).toMatchObject({ code: 0 })
})

test('even a request that is no HTTP for us says who refused it', async () => {
  const { port } = await forum()
  const pending = get({ port, host: '127.0.0.1', path: '/', headers: { host: 'not a host' } })
  const answer = await answerTo(pending)
  expect([answer.statusCode, answer.headers['x-served-by']]).toEqual([400, 'web1'])
})

test('the address of the client is what the operator’s own module says', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'teahouse-'))
  const file = join(folder, 'client-address.ts')
  await writeFile(
    file,
    `export function clientAddress({ headers, peer }: { headers: Headers; peer: string }): string {
      return headers.get('x-real-ip') ?? peer
    }`,
  )
  const { url, line } = await forum({ CLIENT_ADDRESS_MODULE: file })
  const answer = await fetch(`${url}/whoami`, { headers: { 'x-real-ip': '203.0.113.9' } })
  expect(await answer.json()).toMatchObject({ client: '203.0.113.9', peer: '127.0.0.1' })
  expect(await line(/^GET/)).toMatch(/203\.0\.113\.9$/)
  await rm(folder, { recursive: true })
})

test.each([
  [{}, 'DATABASE_URL is not set'],
  [{ DATABASE_URL: 'memory:', PORT: 'tea' }, 'PORT=tea'],
  [{ DATABASE_URL: 'memory:', CLIENT_ADDRESS_MODULE: '/nowhere.ts' }, 'CLIENT_ADDRESS_MODULE='],
  [{ DATABASE_URL: 'memory:', AVATAR_DIR: '/dev/null/avatars' }, 'AVATAR_DIR=/dev/null/avatars'],
])('a bad environment ends in one line that names the variable: %j', async (env, named) => {
  const { code, errors } = await startServer(env).ended
  expect(code).toBe(1)
  expect(errors).toContain(named)
  expect(errors.trim().split('\n')).toHaveLength(1)
})
