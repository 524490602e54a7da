import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterEach, expect } from 'vitest'
import { connectRedis } from '../../labs/teahouse/adapters/redis-client.ts'
import { claimsOn } from './claim.ts'

const { version } = createRequire(import.meta.url)('ioredis/package.json') as { version: string }
const claim = claimsOn(() => ({ ioredis: version, Node: process.versions.node }))

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

const portOf = (server: Server) => (server.address() as AddressInfo).port

/** A port at which nobody listens: a Redis that was killed. */
async function deadPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const port = portOf(server)
  server.close()
  await once(server, 'close')
  return port
}

const told = 'redis_version:8.0.0\r\nloading:0'
const info = `$${told.length}\r\n${told}\r\n`

/** Answers what a client asks first, and from `silence()` on nothing more: a black hole. */
async function fallingSilent() {
  let isSilent = false
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', (data) => {
      if (isSilent) return
      // Several commands may come in one piece, each beginning with the number of its words.
      for (const command of data
        .toString()
        .split(/^\*\d+\r\n/m)
        .slice(1))
        socket.write(/^\$4\r\ninfo\r\n/i.test(command) ? info : '+OK\r\n')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => {
    server.close()
    sockets.forEach((socket) => socket.destroy())
  })
  return { port: portOf(server), silence: () => (isSilent = true) }
}

/** How long until it is answered or refused; undefined if neither happens in `forMs`. */
async function settledAfter(answer: Promise<unknown>, forMs: number): Promise<number | undefined> {
  const begun = performance.now()
  const settled = answer.then(
    () => performance.now() - begun,
    () => performance.now() - begun,
  )
  const over = new AbortController()
  const late = sleep(forMs, undefined, { signal: over.signal }).catch(() => undefined)
  return Promise.race([settled, late]).finally(() => over.abort())
}

function byDefault(port: number): Redis {
  const redis = new Redis(port, '127.0.0.1')
  redis.on('error', () => {})
  closing.push(() => redis.disconnect())
  return redis
}

function bounded(port: number): Redis {
  const redis = connectRedis({ url: `redis://127.0.0.1:${port}`, log: () => {} })
  closing.push(() => redis.disconnect())
  return redis
}

const seconds = (ms: number) => (ms / 1000).toFixed(1)

claim(
  'offline-queue-holds-the-page',
  'a Redis that is dead: by default ioredis queues what is asked of it, and the page waits for seconds; without the queue it is told at once',
  async ({ figure }) => {
    const port = await deadPort()
    const queued = await settledAfter(byDefault(port).get('k'), 30_000)
    const refused = await settledAfter(bounded(port).get('k'), 30_000)
    expect(queued).toBeGreaterThan(5000)
    expect(refused).toBeLessThan(100)
    figure({
      en: `Redis is dead: a GET fails after ${seconds(queued!)} s with ioredis’s defaults, after ${refused!.toFixed(0)} ms without its offline queue`,
      zh: `Redis 死了：按 ioredis 的默认设置，一个 GET 过 ${seconds(queued!)} 秒才失败；不用离线队列，${refused!.toFixed(0)} 毫秒`,
    })
  },
)

claim(
  'silence-costs-the-command-timeout',
  'a Redis that says nothing more: without a time-out for commands the page hangs, with one it costs just that',
  async ({ figure }) => {
    const hole = await fallingSilent()
    const [patient, short] = [byDefault(hole.port), bounded(hole.port)]
    await Promise.all([once(patient, 'ready'), once(short, 'ready')])
    hole.silence()
    const waits = settledAfter(patient.get('k'), 5000)
    const bound = await settledAfter(short.get('k'), 5000)
    expect(bound).toBeGreaterThan(200)
    expect(bound).toBeLessThan(450)
    expect(await waits).toBeUndefined()
    figure({
      en: `A black hole: after 5 s ioredis still waits by default; with commandTimeout 250 it gives up after ${bound!.toFixed(0)} ms`,
      zh: `黑洞：默认设置下，ioredis 过了 5 秒还在等；写了 commandTimeout 250，${bound!.toFixed(0)} 毫秒就放弃`,
    })
  },
)

claim(
  'given-up-nobody-waits',
  'once the silent connection has been given up, those who come pay nothing any more',
  async ({ figure }) => {
    const hole = await fallingSilent()
    const redis = bounded(hole.port)
    await once(redis, 'ready')
    hole.silence()
    const first = await settledAfter(redis.get('k'), 5000)
    if (redis.status === 'ready') await new Promise((resolve) => redis.once('close', resolve))
    const later = await settledAfter(redis.get('k'), 5000)
    expect(first).toBeGreaterThan(200)
    expect(later).toBeLessThan(50)
    figure({
      en: `A black hole: the first reader waits ${first!.toFixed(0)} ms, one after the connection was given up ${later!.toFixed(0)} ms`,
      zh: `黑洞：第一位读者等 ${first!.toFixed(0)} 毫秒；连接放弃之后来的，${later!.toFixed(0)} 毫秒`,
    })
  },
)
