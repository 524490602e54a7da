import { ipv4 } from '../../../../snippets/balancing/ip-hash.ts'
import { mayBeAsked } from '../../../../snippets/balancing/passive-health.ts'
import {
  react,
  takeIn,
  type Attempt,
  type Ended,
  type Passed,
  type UnderWay,
} from '../../../../snippets/balancing/pass-request.ts'
import { smoothPick } from '../../../../snippets/balancing/smooth-weighted-round-robin.ts'
import {
  freshState,
  type Upstream,
  type UpstreamState,
} from '../../../../snippets/balancing/upstream.ts'
import { membersOf } from '../../../../snippets/balancing/visit.ts'
import { seededRandom } from '../../../../snippets/sim/random.ts'

/** How a server is, which nginx cannot know: `slow` keeps a request for some time. */
export type Condition = 'well' | 'slow' | 'dead'

export interface Client {
  readonly address: string
  readonly key: string
}

/** Two of one network, and four from elsewhere; each reads one topic. */
export const clients: readonly Client[] = [
  { address: '192.0.2.7', key: '/topic/1' },
  { address: '192.0.2.99', key: '/topic/2' },
  { address: '198.51.100.4', key: '/topic/3' },
  { address: '203.0.113.20', key: '/topic/4' },
  { address: '10.1.2.3', key: '/topic/5' },
  { address: '10.8.0.9', key: '/topic/6' },
]

/** Requests in a second of the explorer's clock. */
export const requestsPerSecond = 2
/** A slow server answers this many requests later. */
const slowness = 6
/** nginx's clock counts from 1970; any start later than every `fail_timeout` shows the same. */
const startS = 1_000_000

/** One server's line in smooth weighted round robin's account of the first pick. */
export interface AccountRow {
  readonly server: number
  readonly before: number
  readonly earns: number
  readonly raised: number
  readonly pays: number
  readonly after: number
}

export interface Sent {
  readonly number: number
  readonly client: Client
  readonly attempts: readonly Attempt[]
  /** Who has it, or had it last; undefined when nobody could be asked. */
  readonly server: number | undefined
  readonly outcome: Ended['outcome'] | 'under-way'
  readonly account: readonly AccountRow[]
}

interface Held {
  readonly request: UnderWay
  readonly until: number
}

export interface Session {
  readonly state: UpstreamState
  readonly sent: readonly Sent[]
  readonly held: readonly Held[]
}

export const newSession = (upstream: Upstream): Session => ({
  state: freshState(upstream),
  sent: [],
  held: [],
})

/** Seconds since the session began. */
export const clockOf = ({ sent }: Session): number => sent.length / requestsPerSecond

export const nowOf = (session: Session): number => startS + Math.floor(clockOf(session))

/** The next request arrives; `only` lets all come from one client. */
export function sendNext(
  session: Session,
  upstream: Upstream,
  conditions: readonly Condition[],
  only?: Client,
): Session {
  const number = session.sent.length + 1
  const nowS = nowOf(session)
  const random = seededRandom(number)
  const client = only ?? clients[Math.floor(random() * clients.length)]!
  const asking = {
    address: ipv4(client.address) ?? [],
    key: client.key,
    draw: (below: number) => Math.floor(random() * below),
  }
  const { state: before, held } = releaseDue(session, upstream, number, nowS)
  let passed: Passed = takeIn(upstream, before, asking, nowS)
  const account = accountOf(upstream, before, passed, nowS)
  while (passed.result.outcome === 'under-way' && conditions[passed.result.server] !== 'slow') {
    const reaction = conditions[passed.result.server] === 'dead' ? 'error' : 'ok'
    passed = react(upstream, passed.state, passed.result, reaction, nowS)
  }
  const { state, result } = passed
  const { attempts, outcome } = result
  const server = outcome === 'under-way' ? result.server : attempts.at(-1)?.server
  const isHeld = result.outcome === 'under-way'
  return {
    state,
    held: isHeld ? [...held, { request: result, until: number + slowness }] : held,
    sent: [...session.sent, { number, client, attempts, outcome, server, account }],
  }
}

/** Slow servers hand in what they are done with. */
function releaseDue({ state, held }: Session, upstream: Upstream, number: number, nowS: number) {
  const due = held.filter(({ until }) => until <= number)
  const after = due.reduce(
    (now, { request }) => react(upstream, now, request, 'ok', nowS).state,
    state,
  )
  return { state: after, held: held.filter(({ until }) => until > number) }
}

/** What round robin reckoned at the first pick, for those who could be asked. */
function accountOf(
  upstream: Upstream,
  before: UpstreamState,
  { result }: Passed,
  nowS: number,
): readonly AccountRow[] {
  if (upstream.method !== 'round-robin' || result.outcome !== 'under-way') return []
  const open = membersOf(upstream, result.visit.group).filter((index) =>
    mayBeAsked(upstream.servers[index]!, before[index]!, nowS),
  )
  const accounts = open.map((index) => {
    const { currentWeight, effectiveWeight } = before[index]!
    return { currentWeight, weight: effectiveWeight }
  })
  const { chosen, total, raised, currentWeights } = smoothPick(accounts)
  return accounts.map(({ currentWeight, weight }, at) => ({
    server: open[at]!,
    before: currentWeight,
    earns: weight,
    raised: raised[at]!,
    pays: at === chosen ? total : 0,
    after: currentWeights[at]!,
  }))
}

/** What nginx thinks of a server now. */
export type Standing = 'asked' | 'down' | 'left-alone'

export function standings(session: Session, { servers }: Upstream): readonly Standing[] {
  const nowS = nowOf(session)
  return servers.map((one, index) => {
    if (one.down) return 'down'
    const isAsked = servers.length === 1 || mayBeAsked(one, session.state[index]!, nowS)
    return isAsked ? 'asked' : 'left-alone'
  })
}

/** Answers and failed tries by server. */
export function tally({ sent }: Session, count: number) {
  return Array.from({ length: count }, (_, server) => ({
    got: sent.filter((one) => one.server === server && one.outcome !== 'gave-up').length,
    failed: sent
      .flatMap(({ attempts }) => attempts)
      .filter((one) => one.server === server && one.reaction !== 'ok').length,
  }))
}
