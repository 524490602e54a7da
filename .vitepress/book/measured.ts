/** What a page costs by one way through the servers, all of them on one machine and in one run. */
export interface WayRun {
  /** Such as `varnish`; its name in words is the picture's. */
  readonly way: string
  /** Requests, or connections where each request has one of its own. */
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Processor time for one of them, of all the servers on the way together. */
  readonly cpuMs: number
  /** Of all the servers on the way together, without the programs' own text. */
  readonly megabytes: number
}

/** What a claim's figure may have besides its words: the same run, for a picture. */
export interface Drawable {
  readonly ways?: readonly WayRun[]
  /** How long there was no service, each time, in milliseconds. */
  readonly outagesMs?: readonly number[]
}
