import type { Problem } from '../servers/kind/problem.ts'
import type { ExecResult } from '../servers/kind/world.ts'
import type { Server } from './server.ts'

export type { ExecResult, Problem }

/** Where a lab runs. One interface, so that the same check judges every world. */
export interface Runtime {
  /** Starts the lab with the last good files, then waits until every server is healthy. */
  up(report: Report, signal?: AbortSignal): Promise<void>
  /** Removes the lab's servers and networks. Data volumes stay, unless `data` is asked for. */
  down(options?: { readonly data?: boolean }): Promise<void>
  /** The reader's files changed: reload or restart what is concerned, and only that. */
  apply(): Promise<Applied>
  /** One of its servers; they may be of different kinds. */
  server(name: string): Server
  status(): Promise<ServiceStatus[]>
  /** Sends requests from the lab's own client, inside its network. Answers in sending order. */
  request(batch: RequestBatch): Promise<Answer[]>
  /** Sends all of a request but its body. Resolves once the server has begun with it. */
  hold(request: LabRequest): Promise<number>
  /** Sends the body of a request that was held, and waits for the answer. */
  finish(held: number): Promise<Answer>
  /** Throws these containers away, and what only they had, and makes them anew. */
  recreate(services: readonly string[]): Promise<void>
  /** Builds the reader's image again with one line more in each of these files; tells what that cost. */
  rebuildWith(files: readonly string[]): Promise<Rebuilt>
  /** Lets proxies forget what they have learnt of dead servers. */
  refresh(): Promise<void>
  /** Empties every cache that the lab's proxies keep, as if nobody had asked yet. */
  emptyCaches(): Promise<void>
}

/** `how`: how far the step is, or how many seconds it should take, where either is known. */
export type Report = (
  step: string,
  how?: { readonly done?: number; readonly total?: number; readonly seconds?: number },
) => void

export interface LabRequest {
  /** Sent as it stands: `/public../x` stays `/public../x`. */
  readonly path: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** The server's name in the lab's network. Default: the lab's front. */
  readonly to?: string
  readonly port?: number
  /** One of the client's own addresses. Default: the first. */
  readonly from?: string
  /** After this many milliseconds without a whole answer the request counts as failed. */
  readonly timeoutMs?: number
}

export interface RequestBatch {
  readonly requests: readonly LabRequest[]
  /** How many are under way at once. Default 1: one after the other. */
  readonly concurrency?: number
  /** False: bodies are read and thrown away, where thousands would only be carried about. */
  readonly bodies?: boolean
}

export interface Answer {
  /** 0 when there was no answer: `failure` says why. */
  readonly status: number
  readonly failure?: string
  /** Lower-case names; repeated headers joined by ", ". */
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
  readonly body: string
  /** From the first byte sent to the last byte read, in milliseconds. */
  readonly ms: number
}

export interface Rebuilt {
  /** Of the layers that the old image has not. */
  readonly newBytes: number
  /** The RUN instructions that did not come from the cache. */
  readonly ranAgain: readonly string[]
}

export interface ServiceStatus {
  readonly service: string
  readonly state:
    'running' | 'starting' | 'unhealthy' | 'paused' | 'restarting' | 'exited' | 'missing'
  readonly exitCode?: number
  /** The engine asks again and again whether it is well. */
  readonly hasHealthCheck?: boolean
}

/** What became of a save. `broken`: the lab goes on with the last good files. */
export type Applied =
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'applied'; readonly files: readonly string[]; readonly ms: number }
  | { readonly outcome: 'broken'; readonly problems: readonly Problem[]; readonly ms: number }
