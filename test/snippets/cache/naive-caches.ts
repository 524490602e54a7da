import { hashText } from '../../../snippets/hashing/hash-text.ts'

/** The caches again, with lists that are searched from end to end, and nothing clever. */
export interface NaiveCache {
  get(key: string, now: number): number | undefined
  set(key: string, value: number, expires: number): void
  delete(key: string): boolean
  readonly keys: readonly string[]
}

interface Entry {
  readonly key: string
  value: number
  expires: number
  hits: number
}

type Evicted = (key: string, value: number) => void

export class NaiveLru implements NaiveCache {
  #entries: Entry[] = []
  readonly #capacity: number
  readonly #onEvict: Evicted

  constructor(capacity: number, onEvict: Evicted) {
    this.#capacity = capacity
    this.#onEvict = onEvict
  }

  get keys() {
    return this.#entries.map(({ key }) => key)
  }

  get(key: string, now: number) {
    const found = this.#entries.find((entry) => entry.key === key)
    if (!found || found.expires <= now) return undefined
    this.#entries = [...this.#entries.filter((entry) => entry !== found), found]
    return found.value
  }

  set(key: string, value: number, expires: number) {
    this.#entries = this.#entries.filter((entry) => entry.key !== key)
    this.#entries.push({ key, value, expires, hits: 0 })
    if (this.#entries.length <= this.#capacity) return
    const [first] = this.#entries.splice(0, 1)
    this.#onEvict(first!.key, first!.value)
  }

  delete(key: string) {
    const before = this.#entries.length
    this.#entries = this.#entries.filter((entry) => entry.key !== key)
    return this.#entries.length < before
  }
}

/** A circle of places, and where the next newcomer or the hand is. */
interface Circle {
  readonly places: (Entry | undefined)[]
  at: number
}

export class NaiveS3Fifo implements NaiveCache {
  readonly #newcomers: Circle
  readonly #main: Circle
  readonly #ghosts = new Map<number, number>()
  readonly #ghostPlaces: number
  readonly #onEvict: Evicted

  constructor(capacity: number, onEvict: Evicted) {
    const share = Math.max(1, Math.floor(capacity / 10))
    this.#newcomers = { places: Array<undefined>(share).fill(undefined), at: 0 }
    this.#main = { places: Array<undefined>(capacity - share).fill(undefined), at: 0 }
    this.#ghostPlaces = 2 ** Math.ceil(Math.log2(capacity))
    this.#onEvict = onEvict
  }

  get #entries() {
    return [...this.#newcomers.places, ...this.#main.places].filter((one) => one !== undefined)
  }

  get keys() {
    return this.#entries.map(({ key }) => key)
  }

  get(key: string, now: number) {
    const found = this.#entries.find((entry) => entry.key === key)
    if (!found || found.expires <= now) return undefined
    found.hits = Math.min(3, found.hits + 1)
    return found.value
  }

  set(key: string, value: number, expires: number) {
    const found = this.#entries.find((entry) => entry.key === key)
    if (found) return void Object.assign(found, { value, expires })
    const entry = { key, value, expires, hits: 0 }
    const hash = hashText(key, 0)
    const isBack = this.#ghosts.get(hash % this.#ghostPlaces) === hash
    if (isBack && this.#main.places.length > 0) {
      this.#ghosts.delete(hash % this.#ghostPlaces)
      return this.#putInMain(entry)
    }
    const oldest = this.#newcomers.places[this.#newcomers.at]
    this.#newcomers.places[this.#newcomers.at] = entry
    step(this.#newcomers)
    if (!oldest) return
    const hasMain = this.#main.places.length > 0
    const isRoom = hasMain && this.#main.places[this.#main.at] === undefined
    if (isRoom || (hasMain && oldest.hits > 0)) this.#putInMain({ ...oldest, hits: 0 })
    else {
      const gone = hashText(oldest.key, 0)
      this.#ghosts.set(gone % this.#ghostPlaces, gone)
      this.#onEvict(oldest.key, oldest.value)
    }
  }

  #putInMain(entry: Entry) {
    const { places } = this.#main
    while ((places[this.#main.at]?.hits ?? 0) > 0) {
      places[this.#main.at]!.hits--
      step(this.#main)
    }
    const out = places[this.#main.at]
    places[this.#main.at] = entry
    step(this.#main)
    if (out) this.#onEvict(out.key, out.value)
  }

  delete(key: string) {
    for (const { places } of [this.#newcomers, this.#main]) {
      const at = places.findIndex((entry) => entry?.key === key)
      if (at < 0) continue
      places[at] = undefined
      return true
    }
    return false
  }
}

const step = (circle: Circle) => (circle.at = (circle.at + 1) % circle.places.length)
