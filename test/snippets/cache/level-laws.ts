import { expect } from 'vitest'
import type { Level } from '../../../snippets/cache/multi-level-cache.ts'
import type { Modules } from './aside-laws.ts'
import { arrived, HandDatabase, settled } from './by-hand.ts'

/** A level that is a Map, writes down what it is asked, and fails when it is told to. */
class MapLevel implements Level<number> {
  readonly kept = new Map<string, number>()
  isAway = false
  readonly name: string
  readonly #log: string[]

  constructor(name: string, log: string[]) {
    this.name = name
    this.#log = log
  }

  get = (key: string) => this.#asked('get', () => this.kept.get(key))
  set = (key: string, value: number) => this.#asked('set', () => void this.kept.set(key, value))
  delete = (key: string) => this.#asked('delete', () => void this.kept.delete(key))

  async #asked<T>(verb: string, act: () => T): Promise<T> {
    this.#log.push(`${verb} ${this.name}`)
    if (this.isAway) throw new Error(`${this.name} is away`)
    return act()
  }
}

function tower(modules: Modules) {
  const log: string[] = []
  const errors: string[] = []
  const levels = ['L1', 'master', 'replica'].map((name) => new MapLevel(name, log))
  const database = new HandDatabase<number>()
  const cache = new modules.MultiLevelCache<number>(levels, (_, level) => errors.push(level))
  const get = () => cache.get('k', database.load)
  const kept = () => levels.map((level) => level.kept.get('k'))
  const warm = async (value: number) => {
    database.rows.set('k', value)
    const asked = get()
    await settled()
    await database.answer()
    return arrived(asked)
  }
  return { log, errors, levels, database, cache, get, kept, warm }
}

export const levelLaws = {
  'a miss goes through all levels, and fills all of them on the way back': async (
    modules: Modules,
  ) => {
    const { log, warm, kept, get } = tower(modules)
    expect(await warm(7)).toEqual({ outcome: 'miss', value: 7 })
    expect(log.join(', ')).toBe('get L1, get master, get replica, set replica, set master, set L1')
    expect(kept()).toEqual([7, 7, 7])
    expect(await arrived(get())).toEqual({ outcome: 'hit', level: 0, value: 7 })
  },

  'what is found far off fills the nearer levels, and those alone': async (modules: Modules) => {
    const { levels, log, get, kept, database } = tower(modules)
    levels[2]!.kept.set('k', 7)
    expect(await arrived(get())).toEqual({ outcome: 'hit', level: 2, value: 7 })
    expect(log.filter((line) => line.startsWith('set'))).toEqual(['set master', 'set L1'])
    expect([kept(), database.questions]).toEqual([[7, 7, 7], 0])
  },

  'a level that is away is passed over, and told of': async (modules: Modules) => {
    const { levels, errors, get, warm } = tower(modules)
    await warm(7)
    levels[0]!.isAway = true
    expect(await arrived(get())).toEqual({ outcome: 'hit', level: 1, value: 7 })
    expect(new Set(errors)).toEqual(new Set(['L1']))
  },

  'the farthest level is told of a change first, and no level is left out': async (
    modules: Modules,
  ) => {
    const { levels, log, cache, kept, warm } = tower(modules)
    await warm(7)
    levels[1]!.isAway = true
    log.length = 0
    await expect(cache.invalidate('k')).rejects.toThrow('k may still be in a cache')
    expect(log).toEqual(['delete replica', 'delete master', 'delete L1'])
    expect(kept()).toEqual([undefined, 7, undefined])
  },

  'what was read before a change is not filled after it, nor shown to who comes after it': async (
    modules: Modules,
  ) => {
    const { log, cache, database, get, kept } = tower(modules)
    database.rows.set('k', 7)
    const early = get()
    await settled()
    database.rows.set('k', 8)
    await cache.invalidate('k')
    const late = get()
    await settled()
    await database.answer()
    expect(log.filter((line) => line.startsWith('set'))).toEqual([])
    await database.answer()
    expect([await arrived(early), await arrived(late)].map(({ value }) => value)).toEqual([7, 8])
    expect(kept()).toEqual([8, 8, 8])
  },

  'a fill that a change overtakes does not stay': async (modules: Modules) => {
    const { levels, cache, database, get, kept } = tower(modules)
    database.rows.set('k', 7)
    let finish = () => {}
    const replica = levels[2]!
    const set = replica.set
    replica.set = (key, value) =>
      new Promise<void>((resolve) => (finish = resolve)).then(() => set(key, value))
    const early = get()
    await settled()
    await database.answer()
    await cache.invalidate('k')
    finish()
    await arrived(early)
    expect(kept()).toEqual([undefined, undefined, undefined])
  },

  'a crowd at one key goes through the levels once': async (modules: Modules) => {
    const { database, get } = tower(modules)
    const crowd = Array.from({ length: 100 }, get)
    await settled()
    expect(database.questions).toBe(1)
    await database.answer()
    await arrived(Promise.all(crowd))
  },

  'groups side by side: each reader goes to one, a change to all': async (modules: Modules) => {
    const log: string[] = []
    const groups = ['a', 'b', 'c'].map((name) => new MapLevel(name, log))
    let draw = 0
    const group = modules.anyOf('L1', groups, () => (draw = (draw + 0.34) % 1))
    for (let reader = 0; reader < 3; reader++) await group.get('k')
    expect(log).toEqual(['get b', 'get c', 'get a'])
    for (const { kept } of groups) kept.set('k', 7)
    groups[0]!.isAway = true
    await expect(Promise.resolve(group.delete('k'))).rejects.toThrow('k may still be there')
    expect(groups.map(({ kept }) => kept.size)).toEqual([1, 0, 0])
  },

  'singleFlight joins calls of one key, and begins anew when they are answered': async ({
    singleFlight,
  }: Modules) => {
    const database = new HandDatabase<number>()
    const fetch = singleFlight(database.load)
    const all = Promise.allSettled([fetch('k'), fetch('k'), fetch('other')])
    await settled()
    expect(database.questions).toBe(2)
    await database.fail()
    await database.answer()
    expect((await arrived(all)).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
      'fulfilled',
    ])
    void fetch('k')
    await settled()
    expect(database.questions).toBe(3)
  },
} satisfies Readonly<Record<string, (modules: Modules) => Promise<void>>>

export type LevelLaw = keyof typeof levelLaws
