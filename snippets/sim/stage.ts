/** A picture of an architecture, as data: what stands where, and who asks whom. */
export interface Stage {
  readonly slug: string
  readonly title: Words
  /** What the picture shows, for those who don't see it. */
  readonly summary: Words
  /** Requests per second: at the start, and at the right end of the slider. */
  readonly load: { readonly start: number; readonly max: number }
  /** The share of requests that change something, from 0 to 1: no cache answers those. */
  readonly writes: number
  /** How many pages are read, one as often as another; for caches among which a page has one home. */
  readonly pages?: number
  /** So many of all requests, from 0 to 1, are for one page, whatever else is read. */
  readonly hot?: number
  readonly nodes: readonly StageNode[]
  /** Nodes that share a frame: one machine, one address. */
  readonly groups: readonly { readonly label: Words; readonly nodes: readonly string[] }[]
  /** Standing connections that carry no requests: replication. */
  readonly copies: readonly { readonly from: string; readonly to: string }[]
}

export interface Words {
  readonly en: string
  readonly zh: string
}

/**
 * `near`: caches between the application and its data. `watch`: those who ask servers how they are, and
 * whom no request passes.
 */
export type Tier = 'client' | 'edge' | 'l4' | 'l7' | 'cache' | 'app' | 'near' | 'data' | 'watch'

export type Pictogram =
  'readers' | 'edge' | 'director' | 'proxy' | 'app' | 'cache' | 'database' | 'sentinel'

export interface StageNode {
  readonly id: string
  readonly tier: Tier
  readonly pictogram: Pictogram
  readonly label: Words
  readonly note?: Words
  /** It is ready, and does not run: who starts it lets it join. */
  readonly isSpare?: boolean
  /** This stage brings it. */
  readonly isNew?: boolean
  /** How many requests it works on at once. */
  readonly workers: number
  /** Mean of its exponentially distributed work on one request. */
  readonly serviceMs: number
  /** How many may wait for a worker; the next one is told 503. */
  readonly queueLimit: number
  /** A cache: how often a read is found in it, from 0 to 1. */
  readonly hitRate?: number
  /** A cache that keeps old copies: reads that fail behind it are answered with one. */
  readonly servesStale?: boolean
  /** What it asks of others before it answers, in order. A worker is free meanwhile. */
  readonly calls: readonly Call[]
}

export interface Call {
  readonly to: readonly string[]
  /**
   * `first`: the others stand by. `by-page`: each page has its home, by a consistent-hash ring.
   * `by-half`: so it has, and each home is a master followed by its copy, which stands by. `by-chance`:
   * any of them, and each has pages of its own.
   */
  readonly pick: 'round-robin' | 'first' | 'by-page' | 'by-half' | 'by-chance'
  readonly of: 'everything' | 'reads' | 'writes' | 'misses'
  /** One way. */
  readonly hopMs: number
  readonly connectTimeoutMs: number
  readonly answerTimeoutMs: number
  /** Whether another peer is asked when one fails. */
  readonly retry: boolean
  /** What a failure means to the caller: a cache may be missing, a database may not. */
  readonly onFailure: 'fail' | 'go-on'
  readonly health: Health
}

/** How the caller learns that a peer is dead: from its own requests, from a checker, or from Sentinels. */
export type Health =
  | { readonly by: 'requests'; readonly maxFails: number; readonly failTimeoutMs: number }
  | { readonly by: 'checks'; readonly detectMs: number }
  /** A majority of all these, after so long, promotes the copy of a master that is away. */
  | { readonly by: 'sentinels'; readonly detectMs: number; readonly sentinels: readonly string[] }

/**
 * `killed`: the process is gone and connections are refused. `cut`: nothing comes back at all.
 * `spare`: it has never run yet, and nobody counts on it.
 */
export type ServerState = 'up' | 'killed' | 'cut' | 'spare'

export const stateAtFirst = ({ isSpare }: StageNode): ServerState => (isSpare ? 'spare' : 'up')
