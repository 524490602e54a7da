import type { Store, World } from './starter.ts'

/** A lease ends by itself after so many milliseconds. */
export const LEASE_MS = 500

interface Question {
  readonly key: string
  readonly answer: () => void
  readonly fail: () => void
}

/**
 * Redis, a database and a clock that exist only on paper: the database answers when the check says
 * so, with what stood there when it was asked.
 */
export function createFakeWorld() {
  const rows = new Map<string, string>()
  const entries = new Map<string, string>()
  const leases = new Map<string, { readonly token: string; readonly until: number }>()
  const asked: Question[] = []
  let sleepers: { readonly at: number; readonly wake: () => void }[] = []
  let held: (() => void)[] | undefined
  let heldDeletes: (() => void)[] | undefined
  let now = 0
  let tokens = 0
  const fake = {
    rows,
    entries,
    isAway: false,
    leaseMs: LEASE_MS,
    /** How often Redis was asked for a value, and the database. */
    looks: 0,
    questions: 0,
    /** Questions that the database has not yet answered. */
    waiting: () => asked.length,
    /** From now on Redis's answers to `get` stay on the way. */
    holdGets: () => void (held = []),
    async letGetsGo() {
      const all = held ?? []
      held = undefined
      all.forEach((go) => go())
      await settle()
    },
    /** From now on what is deleted is still on its way to Redis. */
    holdDeletes: () => void (heldDeletes = []),
    async letDeletesGo() {
      const all = heldDeletes ?? []
      heldDeletes = undefined
      all.forEach((go) => go())
      await settle()
    },
    /** The question that has waited longest, or the one at this place. */
    async answer(at = 0) {
      asked.splice(at, 1).forEach((one) => one.answer())
      await settle()
    },
    async fail() {
      asked.splice(0, 1).forEach((one) => one.fail())
      await settle()
    },
    async pass(ms: number) {
      const until = now + ms
      for (;;) {
        await settle()
        const [next] = sleepers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
        if (!next) break
        now = next.at
        sleepers = sleepers.filter((one) => one !== next)
        next.wake()
      }
      now = until
    },
    settle,
    world: undefined as unknown as World,
  }
  const here = () => {
    if (fake.isAway) throw new Error('Redis is away')
  }
  const isHolder = (key: string, token: string) => {
    const lease = leases.get(key)
    return lease?.token === token && lease.until > now
  }
  const store: Store = {
    async get(key) {
      here()
      fake.looks += 1
      const found = entries.get(key)
      const waits = held
      if (waits) await new Promise<void>((go) => waits.push(go))
      return found
    },
    async lease(key) {
      here()
      if ((leases.get(key)?.until ?? 0) > now) return undefined
      const token = `token-${(tokens += 1)}`
      leases.set(key, { token, until: now + fake.leaseMs })
      return token
    },
    async fill(key, token, value) {
      here()
      if (!isHolder(key, token)) return false
      leases.delete(key)
      entries.set(key, value)
      return true
    },
    async release(key, token) {
      here()
      if (isHolder(key, token)) leases.delete(key)
    },
    async delete(key) {
      here()
      const waits = heldDeletes
      if (waits) await new Promise<void>((go) => waits.push(go))
      leases.delete(key)
      entries.delete(key)
    },
  }
  fake.world = {
    store,
    load: (key) => {
      fake.questions += 1
      const value = rows.get(key) ?? 'nothing'
      return new Promise((resolve, reject) => {
        const fail = () => reject(new Error('the database is away'))
        asked.push({ key, answer: () => resolve(value), fail })
      })
    },
    sleep: (ms) => new Promise((wake) => sleepers.push({ at: now + ms, wake })),
  }
  return fake
}

/** Lets every promise that can go on go on; five hundred steps are more than an answer needs. */
async function settle(): Promise<void> {
  for (let step = 0; step < 500; step += 1) await Promise.resolve()
}
