/** What Teahouse needs from the outside. Each port has a memory/ and an adapters/ implementation. */

export interface TopicSummary {
  readonly id: number
  readonly title: string
  readonly author: string
  readonly replies: number
  /** Milliseconds since 1970, as everywhere in Teahouse. */
  readonly createdAt: number
  readonly lastReplyAt: number | null
}

export interface Post {
  readonly id: number
  readonly author: string
  /** Version of the author's picture, or null: most people have none. */
  readonly avatar: string | null
  readonly body: string
  readonly createdAt: number
}

export interface Topic extends TopicSummary {
  /** The opening post; its id is the topic's. */
  readonly opening: Post
  /** The latest replies, oldest first: never more than were asked for. */
  readonly latest: readonly Post[]
}

/** What the front page needs, and so what the cache keeps for it. */
export interface Front {
  readonly top: readonly TopicSummary[]
  readonly newest: readonly TopicSummary[]
}

export interface Report {
  readonly topics: number
  readonly replies: number
  readonly users: number
  readonly rows: readonly TopicSummary[]
}

export interface NewTopic {
  readonly title: string
  readonly body: string
  readonly author: string
  readonly at: number
}

export interface NewReply {
  readonly topicId: number
  readonly body: string
  readonly author: string
  readonly at: number
}

/** The database. Throws `StoreAway` when it can't be reached in time. */
export interface Store {
  ping(): Promise<void>
  front(limits: { readonly top: number; readonly newest: number }): Promise<Front>
  findTopic(id: number, limits: { readonly replies: number }): Promise<Topic | undefined>
  topicIds(): Promise<readonly number[]>
  /** Returns the new topic's id. */
  addTopic(topic: NewTopic): Promise<number>
  /** Returns the new reply's id, or undefined where there is no such topic. */
  addReply(reply: NewReply): Promise<number | undefined>
  /** Signing in twice with one name is not an error. */
  addUser(user: { readonly name: string; readonly at: number }): Promise<void>
  findAvatar(name: string): Promise<string | null>
  setAvatar(name: string, version: string): Promise<void>
  report(limits: { readonly rows: number }): Promise<Report>
}

export class StoreAway extends Error {
  override readonly name = 'StoreAway'
}

/** Throws when the cache is away; Teahouse then asks the store. */
export interface Cache {
  get(key: string): Promise<string | undefined>
  set(key: string, value: string, options: { readonly ttlMs: number }): Promise<void>
  delete(...keys: string[]): Promise<void>
}

/** `bypass`: there is no cache, or it failed, and the store answered. */
export type CacheOutcome = 'hit' | 'miss' | 'bypass'

export interface Cached<T> {
  readonly outcome: CacheOutcome
  readonly value: T | undefined
}

/** The cache in a reader's hands: what is kept, for how long, and what becomes of it on a change. */
export interface ForumCache {
  /** What is kept under this name, or what `load` brings; undefined: there is no such thing. */
  read<T>(name: string, load: () => Promise<T | undefined>): Promise<Cached<T>>
  /** Does `write`, by which all under these names changes; `more`: names known only afterwards. */
  change<T>(
    names: readonly string[],
    write: () => Promise<T>,
    more?: (written: T) => readonly string[],
  ): Promise<T>
  readonly sessions: Sessions
}

/** `front`, `topic:3`, …; data has `Date`s where the database has them. */
export type OpenCache = (forum: {
  readonly redisUrl: string
  /** This server's name. */
  readonly server: string
  /** The numbers of all topics, asked of the database. */
  readonly topicIds: () => Promise<readonly number[]>
}) => ForumCache | Promise<ForumCache>

export interface Session {
  readonly user: string
}

export interface Sessions {
  get(id: string): Promise<Session | undefined>
  set(id: string, session: Session, options: { readonly ttlMs: number }): Promise<void>
  delete(id: string): Promise<void>
}

/** Keeps bytes and nothing else: an image's type is read from its own first bytes. */
export interface Avatars {
  get(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
}

export interface Asset {
  readonly type: string
  readonly version: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** Files of public/, by name. Only what is in the map can be asked for. */
export type Assets = ReadonlyMap<string, Asset>

/** Milliseconds since 1970. */
export type Clock = () => number

/** A fresh id that nobody can guess, of letters and digits only. */
export type RandomId = () => string

export type ClientAddress = (request: {
  readonly headers: Headers
  readonly peer: string
}) => string

/** A request and its answer, for whoever decides how long copies of the answer may live. */
export interface Exchange {
  readonly method: string
  /** Without the query: `/topics/3`. */
  readonly path: string
  readonly status: number
  /** Of the request. */
  readonly headers: Headers
  /** Whose page it is, known by cookie or by Authorization. Undefined: it greets nobody. */
  readonly user: string | undefined
  /** The answer gives the visitor a cookie. */
  readonly setsCookie: boolean
}

/** Headers for the answer; each takes the place of what Teahouse says by itself. */
export type CachePolicy = (exchange: Exchange) => Readonly<Record<string, string>>

/** What has just been written, so that copies made before are out of date. */
export type Change =
  | { readonly kind: 'topic'; readonly topic: number }
  | { readonly kind: 'reply'; readonly topic: number }
  | { readonly kind: 'picture'; readonly user: string }

/** A request that tells a cache of a change. */
export interface Notice {
  /** `PURGE`, `GET`, or whatever the cache understands. */
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One round after the other; the notices of a round are sent at the same time. */
export type NoticesOf = (change: Change) => readonly (readonly Notice[])[]

/** Throws when the cache did not take the notice. */
export type SendNotice = (notice: Notice) => Promise<void>
