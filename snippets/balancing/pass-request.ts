import { arrive, chooseServer } from './choose-server.ts'
import { failed, succeeded } from './passive-health.ts'
import type { Upstream, UpstreamState } from './upstream.ts'
import { isSingle, type Asking, type Visit } from './visit.ts'

/**
 * How a server answers: `ok`; `error`, it refused or hung up; `status`, an answer of its own that
 * `proxy_next_upstream` names, such as 503; `absent`, the same with 403 or 404, which say nothing
 * against the server.
 */
export type Reaction = 'ok' | 'error' | 'status' | 'absent'

/** A request in a server's hands. */
export interface UnderWay {
  readonly outcome: 'under-way'
  readonly server: number
  readonly visit: Visit
  readonly attempts: readonly Attempt[]
}

export interface Attempt {
  readonly server: number
  readonly reaction: Reaction
}

/** What the client gets: an answer of `server`, or nginx's own 502. */
export interface Ended {
  readonly outcome: 'answered' | 'no-live-servers' | 'gave-up'
  readonly attempts: readonly Attempt[]
}

export interface Passed<Result extends UnderWay | Ended = UnderWay | Ended> {
  readonly state: UpstreamState
  readonly result: Result
}

/** Takes a request in and hands it to its first server. */
export const takeIn = (
  upstream: Upstream,
  state: UpstreamState,
  asking: Asking,
  nowS: number,
): Passed => hand(upstream, state, arrive(upstream, asking), [], nowS)

/**
 * The server has reacted. On failure the request goes to the next, as long as there are servers that
 * have not had it; so it does on a 403 or 404 that is named, but that is no failure. The last answer
 * goes to the client, whatever it is, and is none either.
 * https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream
 */
export function react(
  upstream: Upstream,
  state: UpstreamState,
  { server, visit, attempts: before }: UnderWay,
  reaction: Reaction,
  nowS: number,
): Passed {
  const attempts = [...before, { server, reaction }]
  const isLast = visit.triesLeft <= 1 || isSingle(upstream)
  const isAnswer = reaction !== 'error'
  if (reaction === 'ok' || (isAnswer && isLast))
    return { state: succeeded(state, server), result: { outcome: 'answered', attempts } }
  const isNoFault = reaction === 'absent' || isSingle(upstream)
  const after = isNoFault ? succeeded(state, server) : failed(upstream.servers, state, server, nowS)
  if (isLast) return { state: after, result: { outcome: 'gave-up', attempts } }
  return hand(upstream, after, { ...visit, triesLeft: visit.triesLeft - 1 }, attempts, nowS)
}

function hand(
  upstream: Upstream,
  state: UpstreamState,
  visit: Visit,
  attempts: readonly Attempt[],
  nowS: number,
): Passed {
  const { chosen, state: after, visit: next } = chooseServer(upstream, state, visit, nowS)
  return chosen === undefined
    ? { state: after, result: { outcome: 'no-live-servers', attempts } }
    : { state: after, result: { outcome: 'under-way', server: chosen, visit: next, attempts } }
}

/** A whole request in no time: each server it comes to reacts at once. */
export function passRequest(
  upstream: Upstream,
  state: UpstreamState,
  asking: Asking,
  reactionOf: (server: number) => Reaction,
  nowS: number,
): Passed<Ended> {
  let passed = takeIn(upstream, state, asking, nowS)
  while (passed.result.outcome === 'under-way') {
    const { result } = passed
    passed = react(upstream, passed.state, result, reactionOf(result.server), nowS)
  }
  return { state: passed.state, result: passed.result }
}
