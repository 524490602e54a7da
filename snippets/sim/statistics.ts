import type { TrafficEvent } from './event.ts'

/** What readers got in the last while. */
export interface Summary {
  /** Good answers per second. */
  readonly throughput: number
  /** From 0 to 1. */
  readonly errorRate: number
  /** Of the good answers; undefined where there were none. */
  readonly p50Ms: number | undefined
  readonly p99Ms: number | undefined
  /** Of all the questions to caches; undefined where nobody asked one. */
  readonly hitRate: number | undefined
}

/** The value that a share `p` of the sorted list does not exceed (nearest rank). */
export function quantile(sorted: readonly number[], p: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)]
}

/** Over the window of `windowMs` before `now`; older events are passed over. */
export function summarise(events: readonly TrafficEvent[], now: number, windowMs: number): Summary {
  const good: number[] = []
  let errors = 0
  let hits = 0
  let misses = 0
  for (const event of events) {
    if (event.t <= now - windowMs || event.t > now) continue
    if (event.kind === 'hit') hits++
    else if (event.kind === 'miss') misses++
    else if (event.kind === 'ended') {
      if (event.status === 200) good.push(event.ms)
      else errors++
    }
  }
  good.sort((a, b) => a - b)
  const ended = good.length + errors
  return {
    throughput: good.length / (Math.min(windowMs, now) / 1000) || 0,
    errorRate: ended === 0 ? 0 : errors / ended,
    p50Ms: quantile(good, 0.5),
    p99Ms: quantile(good, 0.99),
    hitRate: hits + misses === 0 ? undefined : hits / (hits + misses),
  }
}

/** How full a server is: requests in its queue, and in the hands of its workers. */
export interface Fill {
  readonly waiting: number
  readonly working: number
}

export type Fills = ReadonlyMap<string, Fill>

const empty: Fill = { waiting: 0, working: 0 }

/** The state after `events`. `working` counts workers, so a proxy that waits for others is free. */
export function fillAfter(before: Fills, events: readonly TrafficEvent[]): Fills {
  const fills = new Map(before)
  for (const event of events) {
    if (event.kind === 'state') {
      if (event.state === 'killed') fills.set(event.at, empty)
      continue
    }
    if (event.kind !== 'queued' && event.kind !== 'started' && event.kind !== 'served') continue
    const { waiting, working } = fills.get(event.at) ?? empty
    if (event.kind === 'queued') fills.set(event.at, { waiting: waiting + 1, working })
    else if (event.kind === 'served') fills.set(event.at, { waiting, working: working - 1 })
    // Whoever starts came from the queue, unless the queue is empty.
    else fills.set(event.at, { waiting: Math.max(0, waiting - 1), working: working + 1 })
  }
  return fills
}
