import type { Context } from 'hono'
import type {
  Assets,
  Avatars,
  Cache,
  Clock,
  ForumCache,
  RandomId,
  SendNotice,
  Sessions,
  Store,
} from './ports.ts'
import type { FunctionsOf, parts } from './parts.ts'

/** Everything that Teahouse is given. It has no clock, no chance and no I/O of its own. */
export interface House extends FunctionsOf<typeof parts> {
  readonly store: Store
  /** Without one, every page comes from the store. */
  readonly cache?: Cache
  /** One that a reader has written, in the place of `cache`. */
  readonly forumCache?: ForumCache
  readonly sessions: Sessions
  readonly avatars: Avatars
  readonly clock: Clock
  readonly random: RandomId
  /** This server's name, as in `x-served-by` and in the session cookie. */
  readonly name: string
  /** Takes a notice of `noticesOf` to the cache that it is for. */
  readonly sendNotice?: SendNotice
  /** The files of public/. */
  readonly assets?: Assets
  /** How long a page's data may be kept in the cache. Default 30 s. */
  readonly cacheTtlMs?: number
  /** True from the moment the server was told to stop. */
  readonly isClosing?: () => boolean
  /** Hears of errors that nobody expected. */
  readonly report?: (error: unknown) => void
}

/** What the caller of `fetch(request, env)` knows and a Request doesn't say. */
export interface Connection {
  /** The address at the other end of the TCP connection. */
  readonly peer?: string
}

export interface HouseEnv {
  Bindings: Connection
  Variables: { user: string | undefined }
}

export type HouseContext = Context<HouseEnv>

export const peerOf = (c: HouseContext): string => (c.env as Connection | undefined)?.peer ?? ''

export const hostOf = (c: HouseContext): string => c.req.header('host') ?? new URL(c.req.url).host
