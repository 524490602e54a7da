import { anyByte, caseless, escapedBytes, escapedSets, only } from './byte-set.ts'
import type { Node } from './node.ts'
import { widthOf } from './node.ts'
import { PatternError } from './pattern-error.ts'
import { readClass } from './read-class.ts'

/** The most copies of one part that a count may ask for here, and the deepest nesting. */
const mostCopies = 1000
const deepest = 100

/** Reads a PCRE pattern, a character for each byte. Throws `PatternError`. */
export function readPattern(source: string, isCaseless: boolean): Node {
  let at = 0
  let depth = 0
  let foldsCase = isCaseless
  const inlined = /^\(\?i\)/.exec(source)
  if (inlined) {
    foldsCase = true
    at = inlined[0].length
  }
  const whole = either()
  if (at < source.length) throw PatternError.invalid('unmatched closing parenthesis')
  return whole

  function either(): Node {
    const ways = [sequence()]
    while (source[at] === '|') {
      at++
      ways.push(sequence())
    }
    return ways.length === 1 ? ways[0]! : { kind: 'either', ways }
  }

  function sequence(): Node {
    const parts: Node[] = []
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const start = at
      const part = item()
      parts.push(repeated(part, source.slice(start, at)))
    }
    return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts }
  }

  function item(): Node {
    const char = source[at]!
    if (/[*+?]/.test(char) || quantifierAt())
      throw PatternError.invalid('quantifier does not follow a repeatable item')
    if (char === '(') return group()
    if (char === '[') {
      const { set, end } = readClass(source, at, foldsCase)
      at = end
      return { kind: 'one', set }
    }
    if (char === '\\') return escape()
    at++
    if (char === '^') return { kind: 'at', place: 'start' }
    if (char === '$') return { kind: 'at', place: 'end' }
    return char === '.' ? { kind: 'one', set: anyByte } : literal(char.charCodeAt(0))
  }

  function literal(byte: number): Node {
    return { kind: 'one', set: foldsCase ? caseless(only(byte)) : only(byte) }
  }

  function escape(): Node {
    const [whole, letter = ''] = /^\\([^]?)/.exec(source.slice(at))!
    const hex = /^\\x([\da-f]{2})/i.exec(source.slice(at))
    at += hex ? hex[0].length : whole.length
    if (hex) return literal(parseInt(hex[1]!, 16))
    if (letter === '') throw PatternError.invalid('\\ at end of pattern')
    const set = escapedSets[letter]
    if (set) return { kind: 'one', set }
    if (letter === 'b') return { kind: 'at', place: 'word-edge' }
    if (letter === 'B') return { kind: 'at', place: 'no-word-edge' }
    if (letter === 'A') return { kind: 'at', place: 'start' }
    if (letter === 'Z') return { kind: 'at', place: 'end' }
    if (letter === 'z') return { kind: 'at', place: 'very-end' }
    const byte = escapedBytes[letter]
    if (byte !== undefined) return literal(byte)
    if (/[\dcgkopxCEGKLPQRUX]/.test(letter)) throw PatternError.beyond(whole)
    if (/[A-Za-z]/.test(letter)) throw PatternError.invalid('unrecognized character follows \\')
    return literal(letter.charCodeAt(0))
  }

  function group(): Node {
    const rest = source.slice(at)
    const opening = /^\((?:\?(?:[:=!>]|<[=!]|P?<[A-Za-z_]\w*>|'[A-Za-z_]\w*'|i:)|(?![?*]))/.exec(
      rest,
    )
    if (!opening) throw PatternError.beyond(/^\((?:\?P?<?.?|\*\w*)/s.exec(rest)![0])
    at += opening[0].length
    if (++depth > deepest) throw PatternError.tooLarge()
    const before = foldsCase
    if (opening[0] === '(?i:') foldsCase = true
    const part = either()
    foldsCase = before
    depth--
    if (source[at] !== ')') throw PatternError.invalid('missing closing parenthesis')
    at++
    switch (opening[0]) {
      case '(?=':
      case '(?!':
        return { kind: 'look', part, isNot: opening[0] === '(?!', back: undefined }
      case '(?<=':
      case '(?<!': {
        const back = widthOf(part)
        if (back === undefined) throw PatternError.beyond(opening[0])
        return { kind: 'look', part, isNot: opening[0] === '(?<!', back }
      }
      case '(?>':
        return { kind: 'atomic', part }
      default:
        return part
    }
  }

  function quantifierAt(): RegExpExecArray | null {
    return /^(?:[*+?]|\{\d+(?:,\d*)?\})/.exec(source.slice(at, at + 24))
  }

  function repeated(part: Node, written: string): Node {
    const found = quantifierAt()
    // Newer PCRE reads {,3} as a count, older as letters.
    const odd = /^\{\s*,?\s*\d*\s*,?\s*\d*\s*\}/.exec(source.slice(at, at + 24))
    if (!found && odd && /\d/.test(odd[0])) throw PatternError.beyond(odd[0])
    if (!found) return part
    const sign = found[0]
    at += sign.length
    if (/^(?:[\^$]|\\[bBAzZ]|\(\?<?[=!])/.test(written)) throw PatternError.beyond(written + sign)
    const mode = /^[?+]/.exec(source.slice(at, at + 1))?.[0]
    if (mode) at++
    if (quantifierAt()) {
      if (/^[*+?]/.test(source[at]!))
        throw PatternError.invalid('quantifier does not follow a repeatable item')
      throw PatternError.beyond(sign + source.slice(at, at + 3))
    }
    const [least, most] = countsOf(sign)
    if (least > most) throw PatternError.invalid('numbers out of order in {} quantifier')
    if (least > mostCopies || (most !== Infinity && most > mostCopies))
      throw PatternError.beyond(sign)
    const repeat: Node = { kind: 'repeat', part, least, most, isLazy: mode === '?' }
    return mode === '+' ? { kind: 'atomic', part: repeat } : repeat
  }
}

function countsOf(sign: string): readonly [least: number, most: number] {
  if (sign === '*') return [0, Infinity]
  if (sign === '+') return [1, Infinity]
  if (sign === '?') return [0, 1]
  const [, least, comma, most] = /^\{(\d+)(,?)(\d*)\}$/.exec(sign)!
  if (!comma) return [Number(least), Number(least)]
  return [Number(least), most === '' ? Infinity : Number(most)]
}
