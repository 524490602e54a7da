/**
 * One `server` line of an nginx upstream.
 * https://nginx.org/en/docs/http/ngx_http_upstream_module.html#server
 */
export interface Server {
  /** As written, with its port: `10.0.0.1:80`. Consistent hashing places the server by this text. */
  readonly name: string
  /** Which of the name's addresses this is, where it has several. */
  readonly address?: string
  /** Its share of the requests: a whole number, 1 or more. */
  readonly weight: number
  /** Failures before it is left alone; 0 means never. */
  readonly maxFails: number
  /** Both the time in which those failures count and the time it is then left alone, seconds. */
  readonly failTimeoutS: number
  /** Asked only when no other server can be. */
  readonly backup: boolean
  /** Never asked, but keeps its place in a hash. */
  readonly down: boolean
}

/** What nginx remembers of a server between two requests; without `zone`, every worker its own. */
export interface ServerState {
  /** Smooth weighted round robin's account. */
  readonly currentWeight: number
  /** The weight, less what failures took from it; it grows back by one a pick. */
  readonly effectiveWeight: number
  /** Requests under way. */
  readonly connections: number
  readonly fails: number
  /** When it last failed, whole seconds. */
  readonly accessedS: number
  /** When it last failed, or was last tried after `fail_timeout`, whole seconds. */
  readonly checkedS: number
}

export type Method =
  'round-robin' | 'least-conn' | 'ip-hash' | 'hash' | 'consistent-hash' | 'random' | 'random-two'

export interface Upstream {
  readonly method: Method
  readonly servers: readonly Server[]
}

/** By the server's place in the upstream. */
export type UpstreamState = readonly ServerState[]

/** nginx refuses `backup` together with the others: a hash or a draw covers all servers. */
export const allowsBackup = (method: Method): boolean =>
  method === 'round-robin' || method === 'least-conn'

/** A server with nginx's defaults. */
export const server = (name: string, settings: Partial<Omit<Server, 'name'>> = {}): Server => ({
  name,
  weight: 1,
  maxFails: 1,
  failTimeoutS: 10,
  backup: false,
  down: false,
  ...settings,
})

/**
 * A line whose name has several addresses (`localhost` on many machines) is as many servers: each has
 * the line's weight, fails on its own, and counts as a try.
 */
export const atAddresses = (line: Server, addresses: readonly string[]): readonly Server[] =>
  addresses.map((address) => ({ ...line, address }))

/** Why nginx does not start with it, in nginx's words. */
export function refusalOf({ method, servers }: Upstream): string | undefined {
  if (servers.length === 0) return 'no servers are inside upstream'
  if (servers.some(({ backup }) => backup) && !allowsBackup(method))
    return 'balancing method does not support parameter "backup"'
  if (servers.every(({ backup }) => backup)) return 'no servers in upstream'
  return undefined
}

/** As after a start of nginx: nobody has failed, and nobody is owed anything. */
export function freshState(upstream: Upstream): UpstreamState {
  const refusal = refusalOf(upstream)
  if (refusal !== undefined) throw new Error(`nginx refuses: ${refusal}`)
  return upstream.servers.map(({ weight }) => ({
    ...{ currentWeight: 0, effectiveWeight: weight },
    ...{ connections: 0, fails: 0, accessedS: 0, checkedS: 0 },
  }))
}

/** The state with one server's part changed. */
export const changed = (
  state: UpstreamState,
  index: number,
  change: Partial<ServerState>,
): UpstreamState => state.map((one, at) => (at === index ? { ...one, ...change } : one))
