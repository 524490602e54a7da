import { hasAddress, type Keepalived } from './keepalived.ts'
import { isDisturbed, outageOf } from './lvs/asked.ts'
import type { Rack } from './rack.ts'
import { Readers } from './readers.ts'

/** Until a reader is served. */
export async function untilServed(rack: Rack): Promise<void> {
  let status: number | undefined
  do status = (await rack.ask(1, { timeoutMs: 100 }))[0]!.status
  while (status !== 200)
}

/** How lvs1, the master, goes and comes back. */
export interface Fall {
  readonly fall: () => Promise<void>
  readonly rise: () => Promise<void>
}

export const pullCable = ({ guest }: Rack): Fall => ({
  fall: () => guest.cut('lvs1'),
  rise: () => guest.mend('lvs1'),
})

export const stopInOrder = (keepalived: Keepalived): Fall => ({
  fall: () => keepalived.stop('lvs1'),
  rise: () => keepalived.start('lvs1'),
})

/** For how long there was no service, each time, in milliseconds; disturbed falls are left out. */
async function batch(
  rack: Rack,
  keepalived: Keepalived,
  times: number,
  { fall, rise }: Fall,
): Promise<readonly number[]> {
  await keepalived.startPair()
  const readers = await Readers.begin(rack, 'new')
  const falls = Array.from({ length: times }, (_, i) => `fall${i}`)
  for (const name of falls) {
    await readers.call(name)
    await fall()
    await rack.until('lvs2', hasAddress)
    await untilServed(rack)
    await readers.call('rise')
    await rise()
    await keepalived.untilSettled()
    await untilServed(rack)
  }
  const asked = await readers.over()
  return falls.filter((name) => !isDisturbed(asked, name)).map((name) => outageOf(asked, name))
}

/**
 * As many outages, in milliseconds. What happened while this machine had no time for the guest says
 * nothing of VRRP: it is tried anew, up to ten times over.
 */
export async function outages(
  rack: Rack,
  keepalived: Keepalived,
  times: number,
  fall: Fall,
): Promise<readonly number[]> {
  const good: number[] = []
  for (let tries = 0; tries < 10 && good.length < times; tries++)
    good.push(...(await batch(rack, keepalived, times - good.length, fall)))
  if (good.length < times)
    throw new Error(`${good.length} of ${times} failovers on a machine that did not stand still`)
  return good
}
