import { setTimeout as pause } from 'node:timers/promises'
import type { LabHandle } from './lab.ts'

/** A program between web servers and database that can hold back what passes: a lab's `line`. */
export interface Line {
  /** The port of the wire that each web server has. */
  readonly ports: Readonly<Record<string, number>>
  readonly server: string
  readonly control: number
}

/** What came to pass on a server's wire since the holding began; `at`: milliseconds of the line's clock. */
export interface SeenOnLine {
  /** `asked`: the words, by a server held back or not. `ended`, `released`: who was held back. */
  readonly what: 'asked' | 'ended' | 'released'
  readonly server: string
  readonly at: number
}

export interface Held {
  /** Until so many are held back, or `ms` are over; how many it are. */
  until(count: number, ms?: number): Promise<number>
  /** Lets go what this server's wire holds. */
  release(server: string): Promise<void>
  /** Ends the connections of this server that are held back: what it has asked fails. */
  drop(server: string): Promise<void>
  /** In order of time, and by one clock: how long an order was on its way does not count. */
  seen(): Promise<SeenOnLine[]>
}

/** What of a conversation is held back: the question, or the answer, where these words are asked. */
export interface Hold {
  readonly what: 'question' | 'answer'
  readonly words: string
  readonly of: readonly string[]
}

/** While `work` is done; afterwards everything goes its way, come what may. */
export async function whileHolding(
  lab: Pick<LabHandle, 'request'>,
  { ports, server, control }: Line,
  { what, words, of }: Hold,
  work: (held: Held) => Promise<void>,
): Promise<void> {
  const tell = async (path: string) => (await lab.request(path, { to: server, port: control })).body
  const order = async (path: string) => Number(await tell(path))
  const until = async (count: number, ms = 1000) => {
    const deadline = performance.now() + ms
    for (;;) {
      const held = await order('/held')
      if (held >= count || performance.now() > deadline) return held
      await pause(10)
    }
  }
  const release = async (name: string) => void (await order(`/release?port=${ports[name]}`))
  const drop = async (name: string) => void (await order(`/drop?port=${ports[name]}`))
  const seen = async () => {
    const events = JSON.parse(await tell('/seen')) as {
      what: SeenOnLine['what']
      port: number
      at: number
    }[]
    const nameOf = (port: number) => Object.keys(ports).find((name) => ports[name] === port)!
    return events.map(({ what, port, at }) => ({ what, server: nameOf(port), at }))
  }
  const wish = new URLSearchParams({ what, words })
  for (const name of of) await order(`/hold?${wish}&port=${ports[name]}`)
  try {
    await work({ until, release, drop, seen })
  } finally {
    await order('/release')
  }
}
