import { setTimeout as pause } from 'node:timers/promises'
import type { LabHandle } from './lab.ts'
import type { Wire } from './wire.ts'

/** What this needs of the lab. */
export type Guarded = Pick<LabHandle, 'refuse' | 'start'> & {
  readonly wire: Pick<Wire, 'holders' | 'settled'>
}

/**
 * Has another director take the address, as when the one at work is updated: keepalived ends there.
 * Where none takes it nothing is done: that is a task of its own.
 */
export async function withStandIn(
  lab: Guarded,
  address: string,
  directors: readonly string[],
  work: (director: string) => Promise<void>,
): Promise<void> {
  const holders = () => lab.wire.holders(address, directors)
  const [first] = await holders()
  if (!first) return
  await lab.refuse(first)
  try {
    const takes = async () => (await holders()).some((one) => one !== first)
    if (!(await within(2000, takes))) return
    const [other] = await lab.wire.settled(address, directors)
    if (other && other !== first) await work(other)
  } finally {
    await lab.start(first)
    // Who may come back into office does so now, and not amid what follows.
    await within(5000, async () => (await holders()).join() === first)
  }
}

/** Does it come true within so many milliseconds? */
async function within(ms: number, holds: () => Promise<boolean>): Promise<boolean> {
  for (const deadline = performance.now() + ms; performance.now() < deadline; await pause(50))
    if (await holds()) return true
  return false
}
