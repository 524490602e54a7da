import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { labCalled } from '../lab-under-test.ts'
import { typescript } from '../../real/typescript.ts'

const delayMs = 60
const relay = join(labCalled('cache-tier').folder, 'distance/relay.mts')

/** The other shore: sends back what it gets, and hangs up when it is told to. */
const shore = createServer({ noDelay: true }, (socket) => {
  socket.on('data', (data) => (data.includes('end') ? socket.end('bye') : socket.write(data)))
})
let child: ReturnType<typeof spawn>
let port = 0

beforeAll(async () => {
  await once(shore.listen(0, '127.0.0.1'), 'listening')
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  port = (free.address() as AddressInfo).port
  await new Promise((resolve) => free.close(resolve))
  child = spawn(process.execPath, [...typescript, relay], {
    env: {
      PATH: process.env.PATH,
      LISTEN_PORT: String(port),
      TARGET: `127.0.0.1:${(shore.address() as AddressInfo).port}`,
      DELAY_MS: String(delayMs),
    },
    stdio: 'inherit',
  })
})
afterAll(() => {
  child.kill('SIGKILL')
  shore.close()
})

async function cross(): Promise<Socket> {
  for (;;) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    if (isOpen) return socket
  }
}

/** Milliseconds until this text is back whole. */
async function roundTrip(socket: Socket, text: string): Promise<number> {
  const started = performance.now()
  socket.write(text)
  let back = ''
  while (back.length < text.length) back += String(((await once(socket, 'data')) as [Buffer])[0])
  expect(back).toBe(text)
  return performance.now() - started
}

test('the first word takes two round trips, as the connection costs one; the next takes one', async () => {
  const socket = await cross()
  expect(await roundTrip(socket, 'hello')).toBeGreaterThanOrEqual(4 * delayMs - 3)
  const second = await roundTrip(socket, 'again')
  expect(second).toBeGreaterThanOrEqual(2 * delayMs - 3)
  expect(second).toBeLessThan(4 * delayMs - 3)
  socket.destroy()
})

test('bytes arrive in the order in which they left, however they were cut', async () => {
  const socket = await cross()
  const text = Array.from({ length: 4000 }, (_, index) => `${index},`).join('')
  const pieces = text.match(/.{1,97}/g) ?? []
  const back: string[] = []
  socket.on('data', (data) => back.push(String(data)))
  for (const piece of pieces) {
    socket.write(piece)
    await new Promise(setImmediate)
  }
  await expect.poll(() => back.join('').length, { timeout: 5000 }).toBe(text.length)
  expect(back.join('')).toBe(text)
  socket.destroy()
})

test('who hangs up on one shore has hung up on the other, after the last word', async () => {
  const socket = await cross()
  const words: string[] = []
  socket.on('data', (data) => words.push(String(data)))
  socket.write('end')
  await once(socket, 'close')
  expect(words.join('')).toBe('bye')
})
