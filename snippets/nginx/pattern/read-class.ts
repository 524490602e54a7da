import {
  caseless,
  escapedBytes,
  escapedSets,
  except,
  namedSets,
  only,
  setOf,
  union,
} from './byte-set.ts'
import type { ByteSet } from './byte-set.ts'
import { PatternError } from './pattern-error.ts'

/** Reads `[…]`, which begins at `from`; `end` is behind its `]`. */
export function readClass(
  source: string,
  from: number,
  foldsCase: boolean,
): { readonly set: ByteSet; readonly end: number } {
  let at = from + 1
  const isNot = source[at] === '^'
  if (isNot) at++
  const sets: ByteSet[] = []
  // A `]` that stands first is one of the letters.
  for (let isFirst = true; isFirst || source[at] !== ']'; isFirst = false) {
    if (at >= source.length) throw PatternError.invalid('missing terminating ] for character class')
    const first = next()
    const isRange = source[at] === '-' && source[at + 1] !== ']' && at + 1 < source.length
    if (!isRange) {
      sets.push(typeof first === 'number' ? only(first) : first)
      continue
    }
    const start = at
    at++
    const last = next()
    if (typeof first !== 'number' || typeof last !== 'number')
      throw PatternError.beyond(source.slice(Math.max(from, start - 2), at))
    if (first > last) throw PatternError.invalid('range out of order in character class')
    sets.push(setOf((byte) => byte >= first && byte <= last))
  }
  const all = union(sets)
  const set = foldsCase ? caseless(all) : all
  return { set: isNot ? except(set) : set, end: at + 1 }

  function next(): number | ByteSet {
    const rest = source.slice(at, at + 16)
    const named = /^\[([:.=])(\^?)(\w*)\1\]/.exec(rest)
    if (named) {
      const found = named[1] === ':' ? namedSets[named[3]!] : undefined
      if (!found) throw PatternError.invalid('unknown POSIX class name')
      at += named[0].length
      return named[2] ? except(found) : found
    }
    if (rest[0] !== '\\') return source.charCodeAt(at++)
    const hex = /^\\x([\da-f]{2})/i.exec(rest)
    at += hex ? hex[0].length : 2
    if (hex) return parseInt(hex[1]!, 16)
    const letter = rest[1] ?? ''
    if (letter === 'b') return 8
    if (letter !== 'N' && escapedSets[letter]) return escapedSets[letter]
    if (escapedBytes[letter] !== undefined) return escapedBytes[letter]
    if (/[A-Za-z\d]/.test(letter)) throw PatternError.beyond(`\\${letter}`)
    return letter === '' ? 0x5c : letter.charCodeAt(0)
  }
}
