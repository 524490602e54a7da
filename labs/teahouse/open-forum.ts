import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener } from 'node:http'
import { hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import { RequestError, getRequestListener } from '@hono/node-server'
import { createNoticeSender } from './adapters/notice-sender.ts'
import { createTeahouse } from './app.ts'
import { readEnv, type Variables } from './env.ts'
import { loadParts } from './load-parts.ts'
import { createMemoryCache } from './memory/cache.ts'
import { createMemorySessions } from './memory/sessions.ts'
import { loadAssets, loadAvatars } from './open-files.ts'
import { openCache } from './open-cache.ts'
import { openStore } from './open-store.ts'
import { parts } from './parts.ts'
import { createLog, requestLine } from './request-log.ts'

/** Teahouse with its databases, everything but a socket to listen on. */
export interface Forum {
  readonly name: string
  readonly port: number
  /** For `createServer` of node:http. */
  readonly listener: RequestListener
}

interface Options {
  readonly log?: (line: string) => void
  /** True from the moment the server was told to stop. */
  readonly isClosing?: () => boolean
}

/** Waits for its database; throws `EnvError` where the environment makes no sense. */
export async function openForum(variables: Variables, options: Options = {}): Promise<Forum> {
  const { log = createLog((text) => process.stdout.write(text)).log, isClosing } = options
  const env = readEnv(variables, { hostname: hostname() })
  const clock = () => Date.now()
  const own = await loadParts(parts, variables)
  const avatars = await loadAvatars(env.avatarDir)
  const assets = await loadAssets(fileURLToPath(new URL('public/', import.meta.url)))
  const store = await openStore({ place: env.database, clock, log })
  // A reader's cache brings a connection of its own.
  const forumCache =
    env.redis?.kind === 'server' && own.openCache
      ? await openCache(own.openCache, {
          redisUrl: env.redis.url,
          server: env.name,
          topicIds: () => store.topicIds(),
        })
      : undefined
  const redis =
    env.redis?.kind === 'server' && !forumCache
      ? await (await import('./open-redis.ts')).openRedis({ url: env.redis.url, log })
      : undefined
  const ownCache = env.redis && createMemoryCache({ clock })
  const dataCache = redis ? redis.cache : ownCache

  const app = createTeahouse({
    store,
    cache: env.dataCache === 'none' ? undefined : dataCache,
    forumCache,
    sessions:
      forumCache?.sessions ??
      (env.sessions === 'redis' && redis ? redis.sessions : createMemorySessions({ clock })),
    avatars,
    assets,
    clock,
    random: () => randomBytes(16).toString('hex'),
    name: env.name,
    ...own,
    sendNotice: createNoticeSender({ timeoutMs: 3000 }),
    isClosing,
    report: (error) => log(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  })

  const believedClient = (request: Request, peer: string) => {
    try {
      return String(own.clientAddress({ headers: request.headers, peer }))
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
  return {
    name: env.name,
    port: env.port,
    listener: (incoming, outgoing) => void listener(incoming, outgoing),
  }
}
