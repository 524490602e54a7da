import { ConfigError, refusedByNginx } from './config-error.ts'
import { toBytes } from './normalise-uri.ts'

/** What means the same in PCRE and in JavaScript: escapes, groups, look-ahead, `^`, `|`. */
const same = /^(?:\\[dwDWbB]|\\[^\w\s]|\(\?[:=!]|\(\?<[A-Za-z_]\w*>|\((?![?*])|[^\\[({*+?])/
const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/
const characterClass = /^\[\^?(?!\])(?:\\[dwDW]|\\[^\w\s]|[^\\\]])+\]/
/** In a class: a POSIX class, and a range that begins or ends with a class. */
const oddInClass = /\[[:.=]|\\[dwDW]-|-\\[dwDW]/
/** What a quantifier may not follow in both: nothing, an assertion, another quantifier. */
const notRepeatable = /^(?:|\^|\$|\||\\[bB]|\(.*)$|^(?:[*+?]|\{\d.*\})\??$/

/** PCRE's meaning, where JavaScript's differs; nginx compiles without DOTALL and MULTILINE. */
const translated: Readonly<Record<string, string>> = {
  '.': '[^\\n]',
  $: '(?=\\n?(?![^]))',
  '\\s': '[ \\t\\n\\v\\f\\r]',
  '\\S': '[^ \\t\\n\\v\\f\\r]',
}

/**
 * A PCRE pattern as a JavaScript one that matches the same byte strings. What the two read
 * differently, or only one has, is refused by name: (?i), \Q…\E, possessive quantifiers,
 * look-behind, back-references, POSIX classes, \x, \h and their kind.
 */
export function compilePattern(regex: string, isCaseless: boolean, line: number): RegExp {
  const differs = (text: string) => new ConfigError(line, { kind: 'regex-differs', text, regex })
  const wide = /[^ -~]+/.exec(regex)
  // PCRE knows the case of A to Z only.
  if (isCaseless && wide) throw differs(wide[0])
  const source = pieces(toBytes(regex), differs).map((piece) => translated[piece] ?? piece)
  try {
    return new RegExp(source.join(''), isCaseless ? 'i' : '')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw refusedByNginx(line, `pattern "${regex}": ${reason}`)
  }
}

function pieces(regex: string, differs: (text: string) => ConfigError): readonly string[] {
  const found: string[] = []
  let rest = regex
  while (rest !== '') {
    const piece = next(rest, found, differs)
    found.push(piece)
    rest = rest.slice(piece.length)
  }
  return found
}

function next(
  rest: string,
  before: readonly string[],
  differs: (text: string) => ConfigError,
): string {
  const repeated = quantifier.exec(rest)?.[0]
  if (repeated !== undefined) {
    const previous = before.at(-1) ?? ''
    const endsLookAhead = previous === ')' && before.some((piece) => /^\(\?[=!]$/.test(piece))
    const isHuge = (repeated.match(/\d+/g) ?? []).some((count) => Number(count) > 1000)
    if (notRepeatable.test(previous) || endsLookAhead || isHuge) throw differs(previous + repeated)
    return repeated
  }
  if (rest.startsWith('[')) {
    const found = characterClass.exec(rest)?.[0] ?? ''
    const odd = oddInClass.exec(found.slice(1))?.[0]
    if (found === '' || odd) throw differs(odd ?? rest.slice(0, rest.indexOf(']') + 1 || 2))
    return found
  }
  const escape = rest.slice(0, 2)
  const plain = translated[escape] ? escape : same.exec(rest)?.[0]
  if (plain === undefined) throw differs(/^(?:\\.?|\(\?<?.?|\(\*\w*|.)/s.exec(rest)![0])
  return plain
}
