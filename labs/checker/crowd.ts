import { readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'

/**
 * How many programs want each processor, on average, above which a clock judges nobody any more. Three
 * labs side by side on two processors, which the checks bear, are five or six.
 */
export const CROWDED = 10

/** Looks at the machine again and again, from the start until `stop`. */
export interface Crowd {
  /** Programs that run or would like to, for each processor: the mean of the busiest twenty seconds. */
  busiest(): number
  stop(): void
}

/** Milliseconds between two looks. */
const interval = 100
/** So many of them are twenty seconds: a crowd that ends in the midst of a check was one all the same. */
const stretch = 200

export function watchCrowd(look: () => number = programsPerProcessor): Crowd {
  const looks = [look()]
  const timer = setInterval(() => looks.push(look()), interval).unref()
  return {
    busiest: () => busiestOf(looks, stretch),
    stop: () => clearInterval(timer),
  }
}

/** The mean of so many looks one after the other, where it is highest; of all, where they are fewer. */
export function busiestOf(looks: readonly number[], count: number): number {
  const width = Math.min(count, looks.length)
  let sum = looks.slice(0, width).reduce((total, one) => total + one, 0)
  let most = sum
  for (let at = width; at < looks.length; at++) {
    sum += looks[at]! - looks[at - width]!
    most = Math.max(most, sum)
  }
  return most / width
}

/** Waits until a look finds room, but not for ever: milliseconds. Says whether there is room. */
export async function roomWithin(
  patience: number,
  pause: (ms: number) => Promise<unknown>,
  look: () => number = programsPerProcessor,
): Promise<boolean> {
  for (let waited = 0; waited < patience; waited += 500) {
    if (look() < CROWDED) return true
    await pause(500)
  }
  return look() < CROWDED
}

/**
 * Linux counts those that are runnable at this moment: the fourth field of /proc/loadavg,
 * https://man7.org/linux/man-pages/man5/proc_loadavg.5.html. Elsewhere the last minute's load has to
 * do, and Windows knows none: there the machine never counts as crowded.
 */
function programsPerProcessor(): number {
  return programs() / availableParallelism()
}

function programs(): number {
  if (process.platform !== 'linux') return loadavg()[0] ?? 0
  const runnable = Number(/ (\d+)\//.exec(readFileSync('/proc/loadavg', 'utf8'))?.[1] ?? 1)
  // The one that asks is among them.
  return runnable - 1
}
