/** What a test may ask of the crew, one line of JSON each, and what comes back. */
export type Order =
  | { readonly do: 'start'; readonly server: string }
  | { readonly do: 'signal'; readonly server: string; readonly signal: Signal }
  | { readonly do: 'send'; readonly requests: readonly Request[]; readonly atOnce: number }
  /** The same request again and again, until `ebb` asks for all answers. */
  | { readonly do: 'flood'; readonly request: Request; readonly atOnce: number }
  | { readonly do: 'ebb' }

/** Killed at once; stopped without dying, as a hung process; going on. */
export type Signal = 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'

export interface Request {
  readonly port: number
  /** Sent as it stands, `..` and all. */
  readonly path: string
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PURGE' | 'BAN'
  readonly headers?: Readonly<Record<string, string>>
  readonly to?: string
  /** The address that the client has: any of 127.0.0.0/8 is ours. */
  readonly from?: string
}

export interface Answer {
  /** 0: there was none. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** All that came, headers included. */
  readonly bytes: number
  /** When it was asked for, on the crew's clock, and how long it took. */
  readonly askedAt: number
  readonly ms: number
}
