import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { encode } from './encoding.ts'
import { lockKey, pageKey } from './loading.ts'
import { type Board, knownToAll, type Main } from './main-level.ts'
import { type Client, connect } from './redis-client.ts'

/** A group with little processor is slow, and not away. Who writes waits for the next step, too. */
const patience = { asked: 250, told: 180 }
/** Less than a minute: what was filled together does not end together. */
const pageTtl = () => 45_000 + Math.random() * 14_000
/** Longer than the levels behind mostly take. Who takes longer fills nothing. */
const leaseTtl = 3000
/** How often one looks whether another has filled it, and milliseconds in between. */
const [looks, between] = [6, 40]

export type Group = ReturnType<typeof groupOf>

interface Lease {
  /** The page, as it was at `asOf` or later. */
  readonly kept?: { readonly page: string; readonly asOf: number }
  /** With it the page may be filled in. */
  readonly token?: string
}

/** The near level: groups that have the same pages, each of them all that is read there. */
export function openNear(names: readonly string[], main: Main) {
  const clients = new Map(names.map((name) => [name, connect(name, patience)]))

  /** Who answers, and is asked by nobody: it is taken in, with nothing that it knew before. */
  async function admit(redis: Client): Promise<void> {
    if (redis.isSilent() || main.groups()[redis.name] !== undefined) return
    await Promise.all([redis.asked.ping(), redis.told.ping()])
    await main.admit(redis.name)
  }
  const admitAll = () => Promise.allSettled([...clients.values()].map(admit))
  setInterval(() => void admitAll(), 100).unref()

  return {
    // region draw
    /** One of those that may be asked, by chance. */
    pick(): Group | undefined {
      if (!main.isCurrent()) return undefined
      const groups = main.groups()
      const here = [...clients.values()].filter((one) => groups[one.name] && !one.isSilent())
      const redis = here[Math.floor(Math.random() * here.length)]
      return redis && groupOf(redis, main, groups[redis.name]!)
    },
    // endregion draw

    /** Nobody is shown an old page by any of these groups when this is over. */
    async forget(names: readonly string[], { groups, unsettledMs }: Board): Promise<void> {
      const tell = async ([group, generation]: readonly [string, string]) => {
        const keys = names.flatMap((name) => Object.values(keysIn(generation, name)))
        // One of which we were never told, and others perhaps were, is as one that does not hear.
        const redis = clients.get(group)
        if (!redis) throw new Error(`${group} is unknown here`)
        await redis.told.unlink(...keys)
      }
      const all = Object.entries(groups)
      const told = await Promise.allSettled(all.map(tell))
      const deaf = all.filter((_, at) => told[at]!.status === 'rejected')
      if (deaf.length > 0) await main.dismiss(Object.fromEntries(deaf))
      // Another may have taken one off a moment ago, whom we did not have to tell any more.
      const wait = deaf.length > 0 ? knownToAll : unsettledMs
      if (wait > 0) await pause(wait)
    },
  }
}

const keysIn = (generation: string, name: string) => ({
  page: `${generation}:${pageKey(name)}`,
  lock: `${generation}:${lockKey(name)}`,
})

/** A group as it is in this generation. Where it does not answer, it has nothing. */
function groupOf(redis: Client, main: Main, generation: string) {
  const isAsked = () =>
    !redis.isSilent() && main.isCurrent() && main.groups()[redis.name] === generation
  return {
    /** Still: a reading may last for seconds, and the group be taken off the board meanwhile. */
    isAsked,
    get: (name: string) => redis.get(keysIn(generation, name).page).catch(() => null),
    /** Neither, where the group is away, or another who has the token takes too long. */
    async lease(name: string): Promise<Lease> {
      const { page, lock } = keysIn(generation, name)
      const token = randomUUID()
      for (let look = 0; look < looks && isAsked(); look++) {
        const asOf = performance.now()
        const reply = await redis.lease(page, lock, token, leaseTtl).catch(redis.isLate)
        if (typeof reply === 'string') return { kept: { page: reply, asOf } }
        if (reply === 1) return { token }
        await pause(between)
      }
      return {}
    },
    /** What was not filled in: whoever comes next need not wait until the lease is over. */
    giveBack: (name: string, token: string) =>
      redis.unlock(keysIn(generation, name).lock, token).catch(() => {}),
    /** False: it has changed since the token was given. Undefined: the group is away. */
    async fill(name: string, token: string, value: unknown): Promise<boolean | undefined> {
      const { page, lock } = keysIn(generation, name)
      const ttl = Math.round(pageTtl())
      return redis.fill(page, lock, token, encode(value), ttl).catch(() => undefined)
    },
  }
}
