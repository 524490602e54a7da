import type { Bug } from '../nginx/planted-bugs.ts'
import type { Law } from './cache-laws.ts'

const lru: Law = 'LruCache does what a list does that is searched from end to end'
const s3Fifo: Law = 'S3FifoCache does what two lists do that are searched from end to end'
const told: Law = 'whoever is told of an evicted entry may use the cache, or throw'

/** Mistakes that a textbook, or a tired author, makes. */
export const cacheBugs: readonly (Bug & { readonly breaks: Law })[] = [
  {
    name: 'a get is no use: first in, first out',
    breaks: lru,
    file: 'cache/lru-cache.ts',
    find: '    this.#takeOut(slot)\n    this.#putFirst(slot)\n    return',
    replace: '    return',
  },
  {
    name: 'a set anew is no use',
    breaks: lru,
    file: 'cache/lru-cache.ts',
    find: '    } else this.#takeOut(slot)\n    this.#putFirst(slot)',
    replace: '      this.#putFirst(slot)\n    }',
  },
  {
    name: 'the latest used goes',
    breaks: lru,
    file: 'cache/lru-cache.ts',
    find: 'const last = this.#later[0]!',
    replace: 'const last = this.#earlier[0]!',
  },
  {
    name: 'the chain is mended on one side only',
    breaks: lru,
    file: 'cache/lru-cache.ts',
    find: '    this.#later[earlier] = later\n',
    replace: '',
  },
  {
    name: 'slots given back are forgotten but for the last',
    breaks: lru,
    file: 'cache/lru-cache.ts',
    find: 'this.#free = this.#earlier[free]!',
    replace: 'this.#free = 0',
  },
  {
    name: 'an entry may be read at the moment when its time is over',
    breaks: lru,
    file: 'cache/lru-cache.ts',
    find: 'this.#expires[slot]! <= this.#options.now()',
    replace: 'this.#expires[slot]! < this.#options.now()',
  },
  {
    name: 'an entry’s own time is not heard',
    breaks: lru,
    file: 'cache/lru-cache.ts',
    find: 'this.#options.now() + ttlMs',
    replace: 'this.#options.now() + this.#options.ttlMs',
  },
  {
    name: 'a deleted key leaves a hole at which searches end',
    breaks: lru,
    file: 'cache/key-index.ts',
    find: 'if (fromHome < fromHole) continue',
    replace: 'if (fromHome < Infinity) continue',
  },
  {
    name: 'keys move up past their home',
    breaks: lru,
    file: 'cache/key-index.ts',
    find: 'if (fromHome < fromHole) continue',
    replace: 'if (fromHome < -1) continue',
  },
  {
    name: 'the distance from home forgets that the table goes round',
    breaks: lru,
    file: 'cache/key-index.ts',
    find: 'const fromHome = (at - places[at * 2]!) & mask',
    replace: 'const fromHome = at - (places[at * 2]! & mask)',
  },
  {
    name: 'one hash, one key',
    breaks: lru,
    file: 'cache/key-index.ts',
    find: 'places[place * 2] === hash && this.#keys[slot] === key',
    replace: '(places[place * 2]! ^ hash) % 32 === 0',
  },
  {
    name: 'a hit is not counted',
    breaks: s3Fifo,
    file: 'cache/s3-fifo-cache.ts',
    find: 'if (hits[slot]! < mostHits) hits[slot]!++',
    replace: '',
  },
  {
    name: 'hits are counted without end',
    breaks: s3Fifo,
    file: 'cache/s3-fifo-cache.ts',
    find: 'mostHits = 3',
    replace: 'mostHits = 200',
  },
  {
    name: 'who moves on takes the hits along',
    breaks: s3Fifo,
    file: 'cache/s3-fifo-cache.ts',
    find: 'this.#hits[main] = 0',
    replace: 'this.#hits[main] = this.#hits[slot]!',
  },
  {
    name: 'who moves on lives for ever',
    breaks: s3Fifo,
    file: 'cache/s3-fifo-cache.ts',
    find: 'this.#expires[main] = this.#expires[slot]!',
    replace: 'this.#expires[main] = Infinity',
  },
  {
    name: 'newcomers are a third',
    breaks: s3Fifo,
    file: 'cache/s3-fifo-cache.ts',
    find: 'newcomersShare = 0.1',
    replace: 'newcomersShare = 0.33',
  },
  {
    name: 'nobody is remembered',
    breaks: s3Fifo,
    file: 'cache/s3-fifo-cache.ts',
    find: 'this.#ghosts[hash & (this.#ghosts.length - 1)] = hash',
    replace: '',
  },
  {
    name: 'a ghost serves for ever',
    breaks: s3Fifo,
    file: 'cache/s3-fifo-cache.ts',
    find: '    this.#ghosts[place] = 0\n',
    replace: '',
  },
  {
    name: 'the hand stays where it took an entry',
    breaks: s3Fifo,
    file: 'cache/s3-fifo-cache.ts',
    find: 'this.#hand = this.#after(slot)',
    replace: 'this.#hand = slot',
  },
  {
    name: 'the hand goes through the newcomers, too',
    breaks: s3Fifo,
    file: 'cache/s3-fifo-cache.ts',
    find: '=== this.#capacity ? this.#mainStart : slot + 1\n  }\n  // #endregion main',
    replace: '=== this.#capacity ? 0 : slot + 1\n  }\n  // #endregion main',
  },
  {
    name: 'what is deleted still has its hits',
    breaks: s3Fifo,
    file: 'cache/s3-fifo-cache.ts',
    find: '    this.#hits[slot] = 0\n    this.#size--',
    replace: '    this.#size--',
  },
  {
    name: 'the cache tells of an entry before it is whole',
    breaks: told,
    file: 'cache/s3-fifo-cache.ts',
    find: '    this.#drop(slot)\n  }\n\n  #drop',
    replace: '    this.#drop(slot)\n    this.#tellOfEvicted()\n  }\n\n  #drop',
  },
]
