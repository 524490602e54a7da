import type * as Passing from '../../../snippets/balancing/pass-request.ts'
import { ipv4 } from '../../../snippets/balancing/ip-hash.ts'
import { totalWeight } from '../../../snippets/balancing/shares.ts'
import {
  freshState,
  type Upstream,
  type UpstreamState,
} from '../../../snippets/balancing/upstream.ts'
import type { Observed } from './real-upstreams.ts'
import type { Request, Traffic } from './traffic.ts'

export type Model = Pick<typeof Passing, 'takeIn' | 'react'>

/** Where the model and nginx part. */
export interface Parting {
  readonly request: number
  readonly model: readonly string[]
  readonly nginx: string
}

/** One way in which it may have gone: nginx's dice and the split second of its clock are unseen. */
type Branch = Passing.Passed

/**
 * Follows nginx request by request with the model. Where nginx drew, or its clock turned a second
 * during the request, every possibility is followed; those that nginx belies are dropped. Returns
 * the first request that no possibility explains.
 */
export function follow(
  model: Model,
  { upstream, requests }: Traffic,
  observed: readonly Observed[],
): Parting | undefined {
  let states: readonly UpstreamState[] = [freshState(upstream)]
  for (const [index, seen] of observed.entries()) {
    const request = requests[index]!
    const ends = states.flatMap((state) => possibleEnds(model, upstream, state, request, seen))
    const nginx = describe(seen.tried, seen.outcome)
    const right = ends.filter((end) => tell(upstream, end) === nginx)
    if (right.length === 0)
      return { request: index, model: unique(ends.map((end) => tell(upstream, end))), nginx }
    states = unique(right.map(({ state }) => JSON.stringify(state))).map(
      (text) => JSON.parse(text) as UpstreamState,
    )
  }
  return undefined
}

function possibleEnds(
  model: Model,
  upstream: Upstream,
  state: UpstreamState,
  { client, key, reactions }: Request,
  { tried, fromS, toS }: Observed,
): readonly Branch[] {
  const seconds = unique([fromS, toS])
  const dice = diceFor(upstream)
  let script: readonly number[] = []
  let throws = 0
  const asking = {
    address: ipv4(client)!,
    key,
    draw: () => script[Math.min(throws++, script.length - 1)] ?? 0,
  }
  const each = (step: (nowS: number) => Branch): readonly Branch[] =>
    seconds.flatMap((nowS) =>
      dice.map((one) => {
        script = one
        throws = 0
        return step(nowS)
      }),
    )
  const ends: Branch[] = []
  let open = each((nowS) => model.takeIn(upstream, state, asking, nowS))
  for (let attempt = 0; open.length > 0; attempt++) {
    const next: Branch[] = []
    for (const branch of distinct(open)) {
      const { result } = branch
      if (result.outcome !== 'under-way') ends.push(branch)
      // A possibility that nginx belied already needs no following, but is told of.
      else if (upstream.servers[result.server]!.name !== tried[attempt]) ends.push(branch)
      else {
        const reaction = reactions[upstream.servers[result.server]!.name] ?? 'ok'
        next.push(...each((nowS) => model.react(upstream, branch.state, result, reaction, nowS)))
      }
    }
    open = next
  }
  return ends
}

/**
 * The throws of one try: the first, and what all that follow show; a point for every server. A draw
 * that shows a server which cannot be asked again and again ends in round robin.
 */
function diceFor({ method, servers }: Upstream): readonly (readonly number[])[] {
  if (method !== 'random' && method !== 'random-two') return [[0]]
  const points = servers.map((_, index) => totalWeight(servers.slice(0, index)))
  if (method === 'random') return points.map((point) => [point])
  return points.flatMap((first) => points.map((rest) => [first, rest]))
}

function distinct(branches: readonly Branch[]): readonly Branch[] {
  const seen = new Map(branches.map((branch) => [JSON.stringify(branch), branch]))
  return [...seen.values()]
}

const unique = <T>(all: readonly T[]): readonly T[] => [...new Set(all)]

const describe = (tried: readonly string[], outcome: string): string =>
  `${tried.join(', ')} ${outcome}`

function tell({ servers }: Upstream, { result }: Branch): string {
  const attempts = result.attempts.map(({ server }) => servers[server]!.name)
  return result.outcome === 'under-way'
    ? describe([...attempts, servers[result.server]!.name], 'and on')
    : describe(attempts, result.outcome)
}
