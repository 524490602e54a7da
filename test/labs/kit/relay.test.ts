import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { typescript } from '../../real/typescript.ts'

const relay = fileURLToPath(new URL('../../../labs/kit/line/relay.mts', import.meta.url))
const asked: string[] = []
/** A database that answers each question with itself. */
const database = createServer({ noDelay: true }, (socket) => {
  socket.on('data', (data) => {
    asked.push(String(data))
    socket.write(data)
  })
})
let child: ReturnType<typeof spawn>
let [wire, control] = [0, 0]

async function freePort(): Promise<number> {
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = free.address() as AddressInfo
  await new Promise((resolve) => free.close(resolve))
  return port
}

const order = async (path: string) => (await fetch(`http://127.0.0.1:${control}${path}`)).text()

beforeAll(async () => {
  await once(database.listen(0, '127.0.0.1'), 'listening')
  wire = await freePort()
  control = await freePort()
  child = spawn(process.execPath, [...typescript, relay], {
    env: {
      PATH: process.env.PATH,
      WIRE_PORTS: String(wire),
      CONTROL_PORT: String(control),
      TARGET: `127.0.0.1:${(database.address() as AddressInfo).port}`,
    },
    stdio: 'inherit',
  })
  const held = () => order('/held').catch(() => '')
  while ((await held()) !== '0') await pause(20)
})
afterAll(() => {
  child.kill('SIGKILL')
  database.close()
})

async function ask(question: string) {
  const socket = connect({ port: wire, host: '127.0.0.1', noDelay: true })
  socket.write(question)
  const answer = once(socket, 'data').then(([data]) => {
    socket.destroy()
    return String(data)
  })
  return { answer }
}

test('an answer is held when the database has given it, and another goes its way', async () => {
  await order(`/hold?what=answer&words=slow+words&port=${wire}`)
  const held = await ask('some slow words')
  await expect.poll(() => order('/held')).toBe('1')
  expect(asked).toContain('some slow words')
  expect(await (await ask('other words')).answer).toBe('other words')
  await order(`/release?port=${wire}`)
  expect(await held.answer).toBe('some slow words')
  expect(await order('/held')).toBe('0')
})

test('who asked, who was let go and who ended is told in its order, by one clock', async () => {
  const whatIsSeen = async () => {
    const seen = JSON.parse(await order('/seen')) as { what: string; port: number; at: number }[]
    const times = seen.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(new Set(seen.map(({ port }) => port))).toEqual(new Set([wire]))
    return seen.map(({ what }) => what)
  }
  await order(`/hold?what=answer&words=patient+words&port=${wire}`)
  const patient = await ask('some patient words')
  await expect.poll(() => order('/held')).toBe('1')
  await (
    await ask('other words')
  ).answer
  await order(`/release?port=${wire}`)
  await patient.answer
  // Not held any more, and yet seen.
  await (
    await ask('patient words again')
  ).answer
  expect(await whatIsSeen()).toEqual(['asked', 'released', 'asked'])

  await order(`/hold?what=answer&words=last+words&port=${wire}`)
  const dying = connect({ port: wire, host: '127.0.0.1', noDelay: true })
  dying.write('the last words')
  await expect.poll(() => order('/held')).toBe('1')
  dying.destroy()
  await expect.poll(whatIsSeen).toEqual(['asked', 'ended'])
  await order('/release')
})

test('a question is held before the database hears of it', async () => {
  await order(`/hold?what=question&words=INSERT&port=${wire}`)
  const held = await ask('INSERT tea')
  await expect.poll(() => order('/held')).toBe('1')
  expect(asked).not.toContain('INSERT tea')
  await order('/release')
  expect(await held.answer).toBe('INSERT tea')
})

test('what is held can be dropped: its connection ends, and others go on', async () => {
  await order(`/hold?what=answer&words=lost+words&port=${wire}`)
  const other = connect({ port: wire, host: '127.0.0.1', noDelay: true })
  const lost = connect({ port: wire, host: '127.0.0.1', noDelay: true })
  const ended = once(lost, 'close')
  lost.write('some lost words')
  await expect.poll(() => order('/held')).toBe('1')
  await order(`/drop?port=${wire}`)
  await ended
  other.write('lost words')
  expect(String((await once(other, 'data'))[0])).toBe('lost words')
  other.destroy()
})
