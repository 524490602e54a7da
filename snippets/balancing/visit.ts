import { allowsBackup, type Server, type Upstream, type UpstreamState } from './upstream.ts'

/** What the methods need to know of a request. */
export interface Asking {
  /** The client's address, 4 bytes or 16. */
  readonly address: readonly number[]
  /** The value of the KEY in `hash KEY`. */
  readonly key: string
  /** Chance: a whole number from 0 to below `below`, every one as likely. */
  readonly draw: (below: number) => number
}

/** What one request remembers from try to try. */
export interface Visit {
  readonly asking: Asking
  /** Backup servers are a list of their own, gone to when the first has nobody left. */
  readonly group: 'primary' | 'backup'
  /** Servers that have had this request: nobody gets it twice. */
  readonly tried: readonly number[]
  readonly triesLeft: number
  /** The hash so far, or the place on the ring. */
  readonly cursor: number
  /** How often a hash has been computed. */
  readonly hashes: number
  /** How often a hash or a draw met a server that could not be asked. */
  readonly misses: number
}

/** A method may miss this often; then round robin decides. */
export const patience = 20

export const newVisit = (upstream: Upstream, asking: Asking, cursor: number): Visit => ({
  asking,
  group: 'primary',
  tried: [],
  triesLeft: upstream.servers.filter(({ down }) => !down).length,
  cursor,
  hashes: 0,
  misses: 0,
})

/** The servers of one list, by their places in the upstream. */
export const membersOf = (upstream: Upstream, group: Visit['group']): readonly number[] =>
  upstream.servers.flatMap(({ backup }, index) =>
    (backup && allowsBackup(upstream.method)) === (group === 'backup') ? [index] : [],
  )

/** With one server and no backup there is nothing to choose: failures are not even counted. */
export const isSingle = ({ servers }: Upstream): boolean => servers.length === 1

/** What a method is asked, and what it answers. */
export interface Question {
  readonly servers: readonly Server[]
  readonly state: UpstreamState
  readonly visit: Visit
  /** The places that may be asked now: in the list, not tried, not down, not left alone. */
  readonly open: readonly number[]
}

/** `chosen` is undefined when the method gives up; round robin then decides. */
export interface Answer {
  readonly chosen: number | undefined
  readonly state: UpstreamState
  readonly visit: Visit
}
