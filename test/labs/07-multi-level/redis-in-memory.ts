import { EventEmitter } from 'node:events'

/** What a Redis has, whoever is connected. Frozen, it answers when it is thawed; cut off, it hears nothing. */
export class Store {
  readonly keys = new Map<string, string>()
  readonly hashes = new Map<string, Map<string, string>>()
  /** In the order in which they were done: `get page:topic:7`. */
  readonly commands: string[] = []
  /** Waited for before such a command is done, or after it and before its answer is on its way. */
  before: (command: string) => Promise<unknown> | undefined = () => undefined
  after: (command: string) => Promise<unknown> | undefined = () => undefined
  #thawed: Promise<void> = Promise.resolve()
  #thaw: () => void = () => {}
  #isCut = false

  cut(): void {
    this.#isCut = true
  }
  mend(): void {
    this.#isCut = false
  }
  freeze(): void {
    this.#thawed = new Promise((resolve) => (this.#thaw = resolve))
  }
  thaw(): void {
    this.#thaw()
  }
  async turn(): Promise<void> {
    await Promise.resolve()
    if (this.#isCut) await new Promise(() => {})
    await this.#thawed
  }
  hash(key: string): Map<string, string> {
    if (!this.hashes.has(key)) this.hashes.set(key, new Map())
    return this.hashes.get(key)!
  }
  pages(): string[] {
    return [...this.keys.keys()].filter((key) => key.includes('page:'))
  }
}

const stores = new Map<string, Store>()
export function storeCalled(name: string): Store {
  if (!stores.has(name)) stores.set(name, new Store())
  return stores.get(name)!
}
export const forgetStores = (): void => stores.clear()

/** As much of ioredis as the solution says, with its `commandTimeout`. Nothing here ever runs out. */
export class Redis extends EventEmitter {
  readonly #store: Store
  readonly #patience: number

  constructor(url: string, { commandTimeout }: { readonly commandTimeout: number }) {
    super()
    this.#store = storeCalled(new URL(url).hostname)
    this.#patience = commandTimeout
    queueMicrotask(() => this.emit('ready'))
  }

  #do<T>(command: string, act: (store: Store) => T): Promise<T> {
    const store = this.#store
    const work = async () => {
      await store.turn()
      await store.before(command)
      store.commands.push(command)
      const value = act(store)
      await store.after(command)
      return value
    }
    const answer = work()
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('Command timed out')), this.#patience)
      void answer.then((value) => {
        clearTimeout(late)
        resolve(value)
      }, reject)
    })
  }

  ping = () => this.#do('ping', () => 'PONG')
  get = (key: string) => this.#do(`get ${key}`, ({ keys }) => keys.get(key) ?? null)
  set = (key: string, value: string, ...how: readonly unknown[]) =>
    this.#do(`set ${key}`, ({ keys }) => {
      if (how.includes('NX') && keys.has(key)) return null
      keys.set(key, value)
      return 'OK'
    })
  unlink = (...keys: readonly string[]) => this.#do(`unlink ${keys.join(' ')}`, unlink(keys))
  hget = (key: string, field: string) =>
    this.#do(`hget ${key}`, (store) => store.hash(key).get(field) ?? null)
  hgetall = (key: string) => this.#do(`hgetall ${key}`, hgetall(key))
  hsetnx = (key: string, field: string, value: string) =>
    this.#do(`hsetnx ${key} ${field}`, (store) => {
      if (store.hash(key).has(field)) return 0
      store.hash(key).set(field, value)
      return 1
    })
  hset = (key: string, field: string, value: string) =>
    this.#do(`hset ${key} ${field}`, (store) => store.hash(key).set(field, value))
  /** The scripts of `redis-client.ts`, by what they begin with. */
  eval = (script: string, count: number, ...words: readonly (string | number)[]) =>
    this.#do(`eval ${words.slice(0, count).join(' ')}`, (store) => {
      const { keys } = store
      const [key = '', lock = ''] = words.slice(0, count).map(String)
      const given = words.slice(count).map(String)
      const [token = '', value = ''] = given
      if (script.includes('HDEL')) return dismiss(store.hash(key), store.hash(lock), given)
      if (script.includes('local kept')) {
        if (keys.has(key)) return keys.get(key)
        if (keys.has(lock)) return 0
        keys.set(lock, token)
        return 1
      }
      if (script.includes("'SET'")) {
        if (keys.get(lock) !== token) return 0
        keys.set(key, value)
        keys.delete(lock)
        return 1
      }
      if (keys.get(key) !== token) return 0
      keys.delete(key)
      return 1
    })

  multi() {
    const acts: ((store: Store) => unknown)[] = []
    const chain = {
      unlink: (...keys: readonly string[]) => (acts.push(unlink(keys)), chain),
      hgetall: (key: string) => (acts.push(hgetall(key)), chain),
      hset: (key: string, field: string, value: string) => (
        acts.push((store) => store.hash(key).set(field, value)),
        chain
      ),
      hpexpire: () => chain,
      hpttl: (key: string, ...[, , field = '']: readonly (string | number)[]) => (
        acts.push((store) => [
          Math.max(-2, Number(store.hash(key).get(String(field)) ?? 0) - performance.now()),
        ]),
        chain
      ),
      exec: () => this.#do('exec', (store) => acts.map((act) => [null, act(store)])),
    }
    return chain
  }
}

/** `group, word, group, word, …, ms`: the mark is here the moment of its end. */
function dismiss(
  board: Map<string, string>,
  unsettled: Map<string, string>,
  given: readonly string[],
): void {
  for (let at = 0; at + 1 < given.length; at += 2)
    if (board.get(given[at]!) === given[at + 1]) board.delete(given[at]!)
  unsettled.set('now', String(performance.now() + Number(given.at(-1))))
}

const unlink =
  (names: readonly string[]) =>
  ({ keys }: Store) => {
    for (const name of names) keys.delete(name)
  }
const hgetall = (key: string) => (store: Store) => Object.fromEntries(store.hash(key))
