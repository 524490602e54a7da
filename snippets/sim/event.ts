import type { ServerState } from './stage.ts'

/** 0: nobody answered; the connection was refused, or the caller gave up waiting. */
export type Status = 0 | 200 | 500 | 502 | 503 | 504

/** What happened, and when (`t` in milliseconds of the simulation's clock). */
export type TrafficEvent = { readonly t: number } & (
  | ({ readonly kind: 'sent'; readonly arrives: number } & Hop)
  | ({ readonly kind: 'answered'; readonly arrives: number; readonly status: Status } & Hop & {
        readonly cached: boolean
      })
  /** Refused, or cut off in mid-request: the caller knows when this arrives. */
  | ({ readonly kind: 'refused'; readonly arrives: number } & Hop)
  | ({ readonly kind: 'timed-out' } & Hop)
  | { readonly kind: Step; readonly request: number; readonly at: string }
  | {
      readonly kind: 'ended'
      readonly request: number
      readonly at: string
      readonly status: Status
      readonly ms: number
    }
  | { readonly kind: 'state'; readonly at: string; readonly state: ServerState }
  /** A caller stops, or begins again, to send to a peer. */
  | { readonly kind: 'left-out' | 'taken-back'; readonly at: string; readonly by: string }
  /** The copy of `of` is master now; or follows `of`, and has all that it has. */
  | { readonly kind: 'promoted' | 'follows'; readonly at: string; readonly of: string }
)

interface Hop {
  readonly request: number
  readonly from: string
  readonly to: string
}

/**
 * One request at one server. It is queued or started; started, it is served; a cache then has it
 * (hit) or not (miss). `rejected`: the queue was full. `dropped`: the server died with it.
 * `lost`: the message went to, or came from, a server whose cable is out.
 */
export type Step =
  'begun' | 'queued' | 'started' | 'served' | 'hit' | 'miss' | 'rejected' | 'dropped' | 'lost'
