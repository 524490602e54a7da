import { setTimeout as pause } from 'node:timers/promises'

/** How a reader has fared while something was broken. */
export interface Outage {
  /** From the first question without a good answer to the end of the last one. */
  readonly ms: number
  readonly lost: number
  readonly isBack: boolean
}

/** Milliseconds between two questions: the balancers on trial have little processor to spare. */
const between = 20

/** Asks again and again until `isOver`, and until all has been well for a second. */
export async function watchOutage(
  asksWell: () => Promise<boolean>,
  isOver: () => boolean,
  limitMs: number,
): Promise<Outage> {
  const deadline = performance.now() + limitMs
  let [first, last, lost, well] = [0, 0, 0, 0]
  for (let now = performance.now(); now < deadline; now = performance.now()) {
    if (await asksWell()) {
      well ||= now
      if (isOver() && now - well > 1000) break
    } else {
      lost += 1
      first ||= now
      last = performance.now()
      well = 0
    }
    await pause(between)
  }
  return { ms: Math.round(last - first), lost, isBack: well > 0 }
}
