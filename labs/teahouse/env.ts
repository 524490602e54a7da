/** Where the forum or the cache lives: at a server's address, or in this process. */
export type Place = { readonly kind: 'memory' } | { readonly kind: 'server'; readonly url: string }

export interface ServerEnv {
  readonly port: number
  readonly name: string
  readonly database: Place
  /** Undefined: no cache at all, and every page says `x-cache: bypass`. */
  readonly redis: Place | undefined
  readonly sessions: 'memory' | 'redis'
  /** Whether data for pages is kept in Redis, too. */
  readonly dataCache: 'redis' | 'none'
  /** Undefined: pictures are kept in memory. */
  readonly avatarDir: string | undefined
}

export class EnvError extends Error {
  override readonly name = 'EnvError'
}

export type Variables = Readonly<Record<string, string | undefined>>

function refuse(name: string, found: string | undefined, expected: string, next: string): never {
  const what = found === undefined ? `${name} is not set` : `${name}=${found}`
  throw new EnvError(`${what}, but Teahouse needs ${expected}. Set ${name}=${next}`)
}

/** A URL may hold a password, and this line goes to a log. */
const withoutPassword = (url: string) => url.replace(/\/\/([^:@/]*):[^@/]*@/, '//$1:***@')

function place(name: string, found: string, protocol: string, example: string): Place {
  if (found === 'memory:') return { kind: 'memory' }
  if (URL.canParse(found)) {
    const url = new URL(found)
    if (url.protocol === protocol && url.hostname) return { kind: 'server', url: found }
  }
  return refuse(name, withoutPassword(found), `a ${protocol}// address, or memory:`, example)
}

export function readEnv(env: Variables, { hostname }: { readonly hostname: string }): ServerEnv {
  const value = (name: string) => env[name] || undefined // compose passes an unset variable as ''

  const port = value('PORT') ?? '3000'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    refuse('PORT', port, 'a port number from 0 to 65535', '3000')
  }
  const name = value('SERVER_NAME') ?? hostname
  if (!/^[A-Za-z0-9-]{1,63}$/.test(name)) {
    refuse('SERVER_NAME', name, 'up to 63 letters, digits and dashes', 'web1')
  }
  const database = value('DATABASE_URL')
  const databaseExample = 'mysql://teahouse:secret@mariadb:3306/teahouse'
  if (database === undefined) {
    refuse('DATABASE_URL', undefined, 'a database', `${databaseExample} (or memory: to try it out)`)
  }
  const redisUrl = value('REDIS_URL')
  const redisExample = 'redis://redis:6379'
  const redis = redisUrl ? place('REDIS_URL', redisUrl, 'redis:', redisExample) : undefined
  const sessions = value('SESSIONS') ?? 'memory'
  if (sessions !== 'memory' && sessions !== 'redis') {
    refuse('SESSIONS', sessions, 'memory or redis', 'memory')
  }
  if (sessions === 'redis' && redis?.kind !== 'server') {
    refuse('REDIS_URL', redisUrl, 'a Redis for SESSIONS=redis', redisExample)
  }
  const dataCache = value('DATA_CACHE') ?? 'redis'
  if (dataCache !== 'redis' && dataCache !== 'none') {
    refuse('DATA_CACHE', dataCache, 'redis or none', 'redis')
  }
  return {
    port: Number(port),
    name,
    database: place('DATABASE_URL', database, 'mysql:', databaseExample),
    redis,
    sessions,
    dataCache,
    avatarDir: value('AVATAR_DIR'),
  }
}
