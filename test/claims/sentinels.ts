import { expect } from 'vitest'
import type { Machine } from './machines.ts'
import { patience, type Server } from './server.ts'

export interface Watch {
  readonly quorum?: number
  readonly downAfterMs?: number
  /** 'default' leaves it out. */
  readonly failoverTimeoutMs?: number | 'default'
}

const watching = (
  { machine, port }: Server,
  { quorum = 2, downAfterMs = 1000, failoverTimeoutMs = 2000 }: Watch,
): readonly string[] => [
  `sentinel monitor one ${machine.address} ${port} ${quorum}`,
  `sentinel down-after-milliseconds one ${downAfterMs}`,
  ...(failoverTimeoutMs === 'default'
    ? []
    : [`sentinel failover-timeout one ${failoverTimeoutMs}`]),
]

/** So many Sentinels there, which watch this master under the name `one`. */
export async function watch(
  machine: Machine,
  count: number,
  master: Server,
  how: Watch = {},
): Promise<readonly Server[]> {
  const sentinels: Server[] = []
  for (let index = 0; index < count; index++)
    sentinels.push(await machine.sentinel(...watching(master, how)))
  return sentinels
}

/** Until each of them knows all the others, and the copies. */
export async function untilAcquainted(sentinels: readonly Server[], copies: number): Promise<void> {
  for (const sentinel of sentinels) {
    await expect
      .poll(() => sentinel.info('sentinel', 'master0'), patience)
      .toMatch(new RegExp(`status=ok.*,slaves=${copies},sentinels=${sentinels.length}$`))
    const well = Array.from({ length: copies }, () => 'slave')
    await expect.poll(() => flagsOfCopies(sentinel), patience).toEqual(well)
    await expect
      .poll(() => sentinel.redis.call('SENTINEL', 'CKQUORUM', 'one'), patience)
      .toContain(`OK ${sentinels.length} usable`)
  }
}

/** Of each thing that a Sentinel lists, its fields. */
export async function listed(
  { redis }: Server,
  what: 'replicas' | 'sentinels',
): Promise<readonly ReadonlyMap<string, string>[]> {
  const answer = (await redis.call('SENTINEL', what, 'one')) as readonly (readonly string[])[]
  return answer.map(
    (words) => new Map(words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1]!]] : []))),
  )
}

const flagsOfCopies = async (sentinel: Server) =>
  (await listed(sentinel, 'replicas')).map((copy) => copy.get('flags'))

/** Whom it takes for master, as in `10.0.0.1:7001`. */
export async function masterBy({ redis }: Server): Promise<string> {
  const answer = await redis.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', 'one')
  return (answer as readonly string[]).join(':')
}

export interface Event {
  /** As in `+sdown`. */
  readonly name: string
  /** What it is about, as in `master one 10.0.0.1 7001`. */
  readonly about: string
  readonly atMs: number
}

/** What it has logged of itself, with its clock's time. */
export async function eventsOf(sentinel: Server): Promise<readonly Event[]> {
  const lines = (await sentinel.log()).matchAll(/^\d+:X (.{20,27}) [#*] ([+-]\S+) ?(.*)$/gm)
  return [...lines].map(([, time, name, about]) => ({
    name: name!,
    about: about!,
    atMs: Date.parse(`${time} UTC`),
  }))
}

export const named = (events: readonly Event[], name: string, about = ''): readonly Event[] =>
  events.filter((event) => event.name === name && event.about.startsWith(about))

/** Until one of them has logged such events, so many; they are returned in the order of time. */
export async function untilOneSays(
  sentinels: readonly Server[],
  name: string,
  about = '',
  times = 1,
): Promise<readonly Event[]> {
  let found: readonly Event[] = []
  const most = async () => {
    for (const sentinel of sentinels) {
      const events = named(await eventsOf(sentinel), name, about)
      if (events.length > found.length) found = events
    }
    return found.length
  }
  await expect.poll(most, { ...patience, interval: 300 }).toBeGreaterThanOrEqual(times)
  return found
}

/** The first moment at which any of these Sentinels has logged it; it has been logged. */
export async function firstMoment(sentinels: readonly Server[], name: string): Promise<number> {
  const moments: number[] = []
  for (const sentinel of sentinels)
    for (const { atMs } of named(await eventsOf(sentinel), name)) moments.push(atMs)
  return Math.min(...moments)
}

export const seconds = (ms: number): string => (ms / 1000).toFixed(1)
