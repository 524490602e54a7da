import type { Kept, Place, World } from './starter.ts'

export type Kind = 'get' | 'set' | 'delete'
export type Way = 'there' | 'back'

/** A cache that exists only on paper; what is sent to it, and what it answers, can be held on the way. */
export function createFakePlace(now: () => number) {
  const entries = new Map<string, Kept>()
  const held = new Map<string, (() => void)[]>()
  const fake = {
    entries,
    isAway: false,
    /** How often it was asked for a page. */
    asked: 0,
    /** How often a page was sent to it. */
    filled: 0,
    /** From now on commands of this kind don't arrive, or their answers don't. */
    hold: (kind: Kind, way: Way) => void held.set(`${kind} ${way}`, []),
    /** And now they do. */
    async letGo(kind: Kind, way: Way) {
      const all = held.get(`${kind} ${way}`) ?? []
      held.delete(`${kind} ${way}`)
      all.forEach((go) => go())
      await settle()
    },
    /** What may still be shown. */
    has: (key: string): Kept | undefined => {
      const kept = entries.get(key)
      return kept && kept.until > now() ? kept : undefined
    },
    place: undefined as unknown as Place,
  }
  const pass = async (kind: Kind, way: Way) => {
    const queue = held.get(`${kind} ${way}`)
    if (queue) await new Promise<void>((go) => queue.push(go))
  }
  async function sent<T>(kind: Kind, act: () => T): Promise<T> {
    await pass(kind, 'there')
    if (fake.isAway) throw new Error('this place is away')
    const answer = act()
    await pass(kind, 'back')
    return answer
  }
  fake.place = {
    get: (key) =>
      sent('get', () => {
        fake.asked += 1
        return fake.has(key)
      }),
    set(key, kept) {
      fake.filled += 1
      return sent('set', () => void entries.set(key, { ...kept }))
    },
    delete: (key) => sent('delete', () => void entries.delete(key)),
  }
  return fake
}

export type FakePlace = ReturnType<typeof createFakePlace>

interface Question {
  readonly key: string
  readonly answer: () => void
  readonly fail: () => void
}

export const ttls = { process: 200, near: 600, main: 1000 }

/** The process, three groups, a main level and a database that answers when the check says so. */
export function createFakeWorld() {
  const rows = new Map<string, string>()
  const asked: Question[] = []
  const clock = { now: 5000 }
  const now = () => clock.now
  const own = createFakePlace(now)
  const groups = [1, 2, 3].map(() => createFakePlace(now))
  const main = createFakePlace(now)
  let drawn = 0
  const fake = {
    ...{ rows, clock, own, groups, main },
    all: [own, ...groups, main] as readonly FakePlace[],
    questions: 0,
    settle,
    /** The question that has waited longest; what stood in the database when it was asked. */
    async answer() {
      asked.splice(0, 1).forEach((one) => one.answer())
      await settle()
    },
    async fail() {
      asked.splice(0, 1).forEach((one) => one.fail())
      await settle()
    },
    world: undefined as unknown as World,
  }
  fake.world = {
    levels: [
      { places: [own.place], ttlMs: ttls.process },
      { places: groups.map(({ place }) => place), ttlMs: ttls.near },
      { places: [main.place], ttlMs: ttls.main },
    ],
    load: (key) => {
      fake.questions += 1
      const value = rows.get(key)
      return new Promise((resolve, reject) => {
        const fail = () => reject(new Error('the database is away'))
        asked.push({ key, answer: () => resolve(value), fail })
      })
    },
    now,
    // The golden ratio: it goes everywhere, and never in step with anything.
    random: () => (drawn = (drawn + 0.6180339887) % 1),
  }
  return fake
}

/** Lets every promise that can go on go on; five hundred steps are more than an answer needs. */
async function settle(): Promise<void> {
  for (let step = 0; step < 500; step += 1) await Promise.resolve()
}
