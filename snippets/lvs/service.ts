import {
  leastConnection,
  neverQueue,
  shortestExpectedDelay,
  weightedLeastConnection,
  type Load,
} from './least-connection.ts'
import { sourceHash } from './source-hash.ts'
import { beforeFirst, listChanged, weightedRoundRobin, type Turn } from './weighted-round-robin.ts'

export type Scheduler = 'rr' | 'wrr' | 'lc' | 'wlc' | 'sed' | 'nq' | 'sh'

/** A virtual service: its servers as Linux keeps them, the one added last first. */
export interface Service {
  readonly scheduler: Scheduler
  readonly servers: readonly (Load & { readonly name: string })[]
  readonly turn: Turn
}

export const newService = (scheduler: Scheduler): Service => ({
  scheduler,
  servers: [],
  turn: beforeFirst,
})

/** `ipvsadm -a … -w weight` */
export function addServer(service: Service, name: string, weight = 1): Service {
  const servers = [{ name, weight, active: 0, inactive: 0 }, ...service.servers]
  // `rr` remembers a server, not a place in the list.
  const { last, threshold } = service.turn
  const turn =
    service.scheduler === 'wrr'
      ? listChanged(weightsOf(servers), service.turn)
      : { last: last < 0 ? last : last + 1, threshold }
  return { ...service, servers, turn }
}

export interface Scheduled {
  /** Its name; undefined: nobody may be asked, and the client is refused. */
  readonly chosen: string | undefined
  readonly service: Service
}

/** A new connection: who gets it. It counts as open until `closed`. */
export function schedule(service: Service, clientAddress: string): Scheduled {
  const { at, turn } = pick(service, clientAddress)
  if (at === undefined) return { chosen: undefined, service: { ...service, turn } }
  const counted = changed(service, at, 1, 0)
  return { chosen: service.servers[at]!.name, service: { ...counted, turn } }
}

/** The client has closed a connection to this server. */
export const closed = (service: Service, name: string): Service =>
  changed(
    service,
    service.servers.findIndex((server) => server.name === name),
    -1,
    1,
  )

function pick(
  { scheduler, servers, turn }: Service,
  clientAddress: string,
): { readonly at: number | undefined; readonly turn: Turn } {
  switch (scheduler) {
    case 'rr': {
      const at = next(servers, turn.last)
      return { at, turn: at === undefined ? turn : { ...turn, last: at } }
    }
    case 'wrr': {
      const { chosen, turn: after } = weightedRoundRobin(weightsOf(servers), turn)
      return { at: chosen, turn: after }
    }
    case 'lc':
      return { at: leastConnection(servers), turn }
    case 'wlc':
      return { at: weightedLeastConnection(servers), turn }
    case 'sed':
      return { at: shortestExpectedDelay(servers), turn }
    case 'nq':
      return { at: neverQueue(servers), turn }
    case 'sh':
      return { at: sourceHash(weightsOf(servers), clientAddress), turn }
  }
}

/** `rr`: the next that weighs anything. */
function next(servers: Service['servers'], last: number): number | undefined {
  for (let step = 1; step <= servers.length; step++) {
    const at = (last + step) % servers.length
    if (servers[at]!.weight > 0) return at
  }
  return undefined
}

const weightsOf = (servers: readonly Load[]): readonly number[] =>
  servers.map(({ weight }) => weight)

const changed = (service: Service, at: number, active: number, inactive: number): Service => ({
  ...service,
  servers: service.servers.map((one, place) =>
    place === at ? { ...one, active: one.active + active, inactive: one.inactive + inactive } : one,
  ),
})
