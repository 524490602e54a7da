import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import { hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import { RequestError, getRequestListener } from '@hono/node-server'
import { connectRedis, firstContact } from './adapters/redis-client.ts'
import { createRedisCache } from './adapters/redis-cache.ts'
import { createRedisSessions } from './adapters/redis-sessions.ts'
import { createTeahouse } from './app.ts'
import { createDoor } from './door.ts'
import { EnvError, readEnv } from './env.ts'
import { loadAssets, loadAvatars, loadClientAddress } from './load-parts.ts'
import { createMemoryCache } from './memory/cache.ts'
import { createMemorySessions } from './memory/sessions.ts'
import { openStore } from './open-store.ts'
import { createLog, requestLine } from './request-log.ts'

/** Requests in flight may finish; docker stop and its ten seconds should never be noticed. */
const GRACE_MS = 800

const { log, flush } = createLog((text) => process.stdout.write(text))

async function main(): Promise<void> {
  const env = readEnv(process.env, { hostname: hostname() })
  const clock = () => Date.now()
  const clientAddress = await loadClientAddress(env.clientAddressModule)
  const avatars = await loadAvatars(env.avatarDir)
  const assets = await loadAssets(fileURLToPath(new URL('public/', import.meta.url)))
  const store = await openStore({ place: env.database, clock, log })
  const redis = env.redis?.kind === 'server' ? connectRedis({ url: env.redis.url, log }) : undefined
  if (redis) await firstContact(redis, { waitMs: 2000 })
  const ownCache = env.redis && createMemoryCache({ clock })

  // Longer than any proxy keeps a connection (nginx: 60 s), so that it hangs up first: a request
  // sent on a connection that we are just closing would be lost.
  const server = createServer({ keepAliveTimeout: 65_000 })
  const door = createDoor({ server, port: env.port, log })

  const app = createTeahouse({
    store,
    cache: redis ? createRedisCache(redis) : ownCache,
    sessions:
      env.sessions === 'redis' && redis
        ? createRedisSessions(redis)
        : createMemorySessions({ clock }),
    avatars,
    assets,
    clock,
    random: () => randomBytes(16).toString('hex'),
    name: env.name,
    clientAddress,
    isClosing: door.isClosing,
    report: (error) => log(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  })

  const believedClient = (request: Request, peer: string) => {
    try {
      return String(clientAddress({ headers: request.headers, peer }))
    } catch {
      return '-' // the reader's module failed; /whoami shows how
    }
  }

  const answer = async (request: Request, { incoming }: { incoming: IncomingMessage }) => {
    const start = performance.now()
    // A socket that listens on IPv6 and IPv4 at once shows the latter as ::ffff:192.0.2.1.
    const peer = incoming.socket.remoteAddress?.replace(/^::ffff:/, '') ?? ''
    const response = await app.fetch(request, { peer })
    const { method = '', url: path = '' } = incoming
    const ms = performance.now() - start
    const client = believedClient(request, peer)
    log(requestLine({ method, path, status: response.status, ms, client }))
    return response
  }
  const listener = getRequestListener(
    (request, { incoming }) => answer(request, { incoming: incoming as IncomingMessage }),
    {
      hostname: 'localhost', // HTTP/1.0 may come without a Host, and some health checks do
      errorHandler: (error) => {
        const status = error instanceof RequestError ? 400 : 500
        if (status === 500) log(String(error))
        return new Response(null, { status, headers: { 'x-served-by': env.name } })
      },
    },
  )
  server.on('request', (incoming, outgoing) => void listener(incoming, outgoing))

  const stop = async (signal: string) => {
    if (door.isClosing()) return
    log(`${signal}: closing`)
    await door.close({ graceMs: GRACE_MS })
    log('closed')
    flush()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('SIGUSR2', () => door.toggle())
  await door.open()
  const address = server.address()
  log(`${env.name} listens on port ${address && typeof address === 'object' ? address.port : ''}`)
}

main().catch((error: unknown) => {
  flush()
  const isPlain = error instanceof EnvError || (error as { syscall?: string }).syscall === 'listen'
  const text = isPlain ? (error as Error).message : (error as Error).stack
  process.stderr.write(`${text}\n`)
  process.exit(1)
})
