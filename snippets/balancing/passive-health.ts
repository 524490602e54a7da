import { changed, type Server, type ServerState, type UpstreamState } from './upstream.ts'

/**
 * nginx asks nobody how they are: it learns from its readers' requests. After `max_fails` failures a
 * server is left alone for `fail_timeout`; then one request tries it again.
 * https://nginx.org/en/docs/http/ngx_http_upstream_module.html#max_fails
 *
 * All times are nginx's clock in whole seconds, so that a server with `fail_timeout=1s` stays out
 * for anything from one second to two.
 */
// #region may-be-asked
export function mayBeAsked(server: Server, state: ServerState, nowS: number): boolean {
  if (server.down) return false
  const hasFailed = server.maxFails > 0 && state.fails >= server.maxFails
  return !hasFailed || nowS - state.checkedS > server.failTimeoutS
}
// #endregion may-be-asked

/** A request begins. One that comes after `fail_timeout` is a trial: the next must wait for it. */
export function begun(
  servers: readonly Server[],
  state: UpstreamState,
  index: number,
  nowS: number,
): UpstreamState {
  const { connections, checkedS } = state[index]!
  const isTrial = nowS - checkedS > servers[index]!.failTimeoutS
  return changed(state, index, {
    connections: connections + 1,
    checkedS: isTrial ? nowS : checkedS,
  })
}

/** A request failed: refused, timed out, cut off, or an answer that `proxy_next_upstream` names. */
export function failed(
  servers: readonly Server[],
  state: UpstreamState,
  index: number,
  nowS: number,
): UpstreamState {
  const { weight, maxFails } = servers[index]!
  const { fails, effectiveWeight, connections } = state[index]!
  const loss = maxFails > 0 ? Math.floor(weight / maxFails) : 0
  return changed(state, index, {
    connections: connections - 1,
    fails: fails + 1,
    accessedS: nowS,
    checkedS: nowS,
    effectiveWeight: Math.max(0, effectiveWeight - loss),
  })
}

/** A request went well. Failures are forgotten only by a trial: a success in between is no proof. */
export function succeeded(state: UpstreamState, index: number): UpstreamState {
  const { connections, fails, accessedS, checkedS } = state[index]!
  return changed(state, index, {
    connections: connections - 1,
    fails: accessedS < checkedS ? 0 : fails,
  })
}
