/** One contender at one task, in a thread of its own. */
export interface Job {
  /** Millions of operations for a second of processor time. Rounds of one number have one input. */
  round(number: number): number
  /** What is measured once, beside the pace. */
  facts?(): Readonly<Record<string, number>>
}

/** `size` is the task's: nodes, or the capacity. */
export type Contender = (size: number) => Job

/** Millions of `count` for each second of processor time that `run` takes; of all threads, so alone. */
export function pace(count: number, run: () => void): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return count / (user + system)
}

/** What a loop has found goes here, so that it is not left out as useless. */
export const found: { last: unknown } = { last: undefined }

/** A new flat string object, as a parser makes one of a request: no hash is known of it yet. */
export const asParsed = (text: string): string => Buffer.from(text, 'latin1').toString('latin1')

export const keyOf = (number: number): string => asParsed(`user:${1_000_000 + number}:profile`)
