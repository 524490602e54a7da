import { setTimeout as pause } from 'node:timers/promises'
import { as, greetedBy } from './forum.ts'
import type { LabHandle } from './lab.ts'

/** Somebody who was told "you are signed in", and at which server. */
interface Guest {
  readonly name: string
  readonly cookie: string
  readonly to: string
}

/** Somebody who was refused, in milliseconds of `performance.now()`. */
interface Refused {
  readonly to: string
  readonly from: number
  readonly until: number
}

export type Guests = ReturnType<typeof createGuests>

/** Milliseconds between two people at one server: the servers on trial have little processor to spare. */
const between = 50
/** Milliseconds until who was taken for a stranger is asked about once more. */
const stall = 500

/** People who come one after the other, at all of these servers at once, from now on until `leave`. */
export function createGuests(
  lab: Pick<LabHandle, 'signIn' | 'send'>,
  { servers, names }: { readonly servers: readonly string[]; readonly names: readonly string[] },
) {
  const signedIn: Guest[] = []
  const refused: Refused[] = []
  let isOpen = true

  async function comeTo(to: string): Promise<void> {
    for (let turn = 0; isOpen; turn++) {
      const name = names[turn % names.length]!
      const from = performance.now()
      const cookie = await lab.signIn(name, { to, port: 3000, timeoutMs: 4000 })
      if (cookie) signedIn.push({ name, cookie, to })
      else refused.push({ to, from, until: performance.now() })
      await pause(between)
    }
  }
  const all = Promise.all(servers.map(comeTo))
  all.catch(() => {})

  /** Who of them is not called by name at one of the servers. */
  async function strangersAmong(guests: readonly Guest[]): Promise<Guest[]> {
    const asked = guests.flatMap((guest) => servers.map((at) => ({ guest, at })))
    const requests = asked.map(({ guest, at }) => ({
      ...as(guest.cookie, { path: '/' }),
      ...{ to: at, port: 3000, timeoutMs: 5000 },
    }))
    const { all } = await lab.send(requests, { concurrency: 8 })
    const isStranger = (_: unknown, index: number) =>
      greetedBy(all[index]!) !== asked[index]!.guest.name
    return [...new Set(asked.filter(isStranger).map(({ guest }) => guest))]
  }

  return {
    signedIn: signedIn as readonly Guest[],
    refused: refused as readonly Refused[],
    /** Nobody comes any more. */
    async leave(): Promise<void> {
      isOpen = false
      await all
    },
    /** Who was told that they are signed in, and is not. A stall of the machine is asked about twice. */
    async lost(): Promise<Guest[]> {
      const strangers = await strangersAmong(signedIn)
      if (strangers.length > 0) await pause(stall)
      return strangersAmong(strangers)
    },
  }
}
