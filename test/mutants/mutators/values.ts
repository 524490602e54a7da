import type { Kind } from '../mutation.ts'
import { wrongPatterns } from './patterns.ts'

/** What could stand in a word's place by mistake. */
export interface WrongWord {
  readonly kind: Kind
  readonly becomes: string
}

const opposites = new Map(
  [
    ['on', 'off'],
    ['yes', 'no'],
    ['true', 'false'],
    ['==', '!='],
    ['~', '!~'],
    ['&&', '||'],
    ['<', '<='],
    ['>', '>='],
  ].flatMap(([one, other]): [string, string][] => [
    [one!, other!],
    [other!, one!],
  ]),
)

/**
 * The wrong words for one word of a configuration, by what it looks like. `peers` are the words that
 * stand in the same place of other statements: it is taken for the next of them.
 */
export function wrongWords(word: string, peers: readonly string[] = []): readonly WrongWord[] {
  const say = (kind: Kind, ...words: readonly string[]) =>
    words.map((becomes) => ({ kind, becomes }))
  const opposite = opposites.get(word)
  if (opposite !== undefined) return say(/^\w/.test(word) ? 'flag' : 'operator', opposite)
  const quoted = /^(["'])(.*)\1$/s.exec(word)
  if (quoted) return inQuotes(quoted[1]!, quoted[2]!)
  const assigned = /^([\w.-]+=)(.+)$/.exec(word)
  if (assigned)
    return wrongWords(assigned[2]!).map(({ kind, becomes }) => ({
      kind,
      becomes: assigned[1]! + becomes,
    }))
  const address = /^(\d+\.\d+\.\d+\.)(\d+)(\/\d+|:\d+)?$/.exec(word)
  if (address) {
    const [, net, host, rest = ''] = address
    return say('address', `${net}${Number(host) + 1}${rest}`, ...(rest ? [`${net}${host}`] : []))
  }
  const number = /^(\d+(?:\.\d+)?)([a-z%]*)$/i.exec(word)
  if (number) return say('number', ...wrongNumbers(number[1]!, number[2]!))
  const port = /^([\w.-]+):(\d+)$/.exec(word)
  if (port) return [...say('number', `${port[1]}:${Number(port[2]) + 1}`), ...others(word, peers)]
  if (/^(?:~\*?)|[\^$\\*]./.test(word) && !word.startsWith('$')) return ofPattern(word)
  if (word.startsWith('/')) return say('address', ...wrongPaths(word))
  return others(word, peers)
}

function inQuotes(quote: string, inside: string): readonly WrongWord[] {
  const empty = inside === '' ? `${quote}other${quote}` : quote + quote
  const patterns = /[\^$\\|]/.test(inside) ? wrongPatterns(inside) : []
  return [
    { kind: 'text', becomes: empty },
    ...patterns.map((other): WrongWord => ({ kind: 'pattern', becomes: quote + other + quote })),
  ]
}

function ofPattern(word: string): readonly WrongWord[] {
  const [mark] = /^~?\*?/.exec(word)!
  const patterns = wrongPatterns(word.slice(mark.length)).map((other) => mark + other)
  const marks = mark === '~*' ? [`~${word.slice(2)}`] : mark === '~' ? [word.slice(1)] : []
  return [...patterns, ...marks].map((becomes): WrongWord => ({ kind: 'pattern', becomes }))
}

/** A second more or a byte less is no mistake; one more try, server or port is. */
function wrongNumbers(text: string, unit: string): readonly string[] {
  const value = Number(text)
  const others = unit === '' ? [value + 1, value * 10, 0] : [value * 10, 0]
  const written = others.map((other) => String(+other.toFixed(3)))
  return [...new Set(written)].filter((other) => other !== text).map((other) => other + unit)
}

function wrongPaths(path: string): readonly string[] {
  const slash = path.endsWith('/') ? path.slice(0, -1) : `${path}/`
  return [slash, '/'].filter((other) => other !== path && other !== '')
}

/** The next of those that stand in the same place; or a name that nobody has. */
function others(word: string, peers: readonly string[]): readonly WrongWord[] {
  const all = [...new Set(peers)]
  const next = all[(all.indexOf(word) + 1) % all.length]
  const other = next === undefined || next === word ? `other${word.replace(/^\W+/, '')}` : next
  const sign = next === undefined || next === word ? (/^\W+/.exec(word)?.[0] ?? '') : ''
  return [{ kind: 'name', becomes: sign + other }]
}
