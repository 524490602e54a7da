import { setImmediate } from 'node:timers/promises'

/** Lets everything happen that waits for nothing but its turn. */
export const settled = (): Promise<void> => setImmediate()

/** The answer, which must be here as soon as all that can happen has happened. */
export const arrived = <T>(answer: T | Promise<T>): Promise<T> =>
  Promise.race([
    answer,
    (async () => {
      for (let turn = 0; turn < 10; turn++) await settled()
      throw new Error('There is no answer yet')
    })(),
  ])

/** A clock that goes when it is told to, and sleepers that it wakes. */
export class HandClock {
  #now = 1_000_000
  #sleepers: { readonly at: number; readonly wake: () => void }[] = []

  now = () => this.#now

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const sleeper = { at: this.#now + ms, wake: resolve }
      this.#sleepers.push(sleeper)
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper)
      })
    })

  /** Somebody sets the clock; sleepers are woken when their time has passed all the same. */
  jump(ms: number): void {
    this.#now += ms
    this.#sleepers = this.#sleepers.map(({ at, wake }) => ({ at: at + ms, wake }))
  }

  /** Those who still sleep: timers that would be left over. */
  get sleepers(): number {
    return this.#sleepers.length
  }

  async pass(ms: number): Promise<void> {
    this.#now += ms
    const woken = this.#sleepers.filter(({ at }) => at <= this.#now)
    this.#sleepers = this.#sleepers.filter(({ at }) => at > this.#now)
    for (const { wake } of woken) wake()
    await settled()
  }
}

/** A database whose answers come when they are told to, with what stood there when it was asked. */
export class HandDatabase<V> {
  readonly rows = new Map<string, V>()
  #asked: { readonly answer: () => void; readonly fail: (error: Error) => void }[] = []
  /** How often it was asked in all. */
  questions = 0

  load = (key: string): Promise<V | undefined> => {
    this.questions++
    const value = this.rows.get(key)
    return new Promise((resolve, reject) => {
      this.#asked.push({ answer: () => resolve(value), fail: reject })
    })
  }

  get waiting(): number {
    return this.#asked.length
  }

  /** Answers the question that has waited longest, or the one at this place in the queue. */
  async answer(at = 0): Promise<void> {
    for (const one of this.#asked.splice(at, 1)) one.answer()
    await settled()
  }

  async fail(error = new Error('the database is away')): Promise<void> {
    for (const one of this.#asked.splice(0, 1)) one.fail(error)
    await settled()
  }
}
