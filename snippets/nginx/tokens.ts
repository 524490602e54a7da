import { refusedByNginx, type ConfigError } from './config-error.ts'

export type Token = (
  | { readonly kind: 'word'; readonly text: string; readonly isQuoted: boolean }
  | { readonly kind: ';' | '{' | '}' }
) & {
  readonly line: number
  /** Where it stands in the text, quotes and all; `end` is the place behind it. */
  readonly start: number
  readonly end: number
}

export interface Tokens {
  readonly tokens: readonly Token[]
  /** What cannot be cut, behind all that could. */
  readonly broken: ConfigError | undefined
}

const isSpace = (char: string): boolean => char !== '' && ' \t\r\n'.includes(char)
const special: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  t: '\t',
  r: '\r',
  n: '\n',
}

/**
 * Cuts a configuration into words, `;`, `{` and `}`, as nginx does: a `#` begins a comment only
 * where a word could begin, and a `}` inside a word belongs to it.
 */
export function tokenize(text: string): Tokens {
  const tokens: Token[] = []
  let broken: ConfigError | undefined
  let at = 0
  let line = 1
  const take = (): string => {
    const char = text.charAt(at++)
    if (char === '\n') line++
    return char
  }

  while (at < text.length && !broken) {
    const char = text.charAt(at)
    if (isSpace(char)) take()
    else if (char === '#') while (at < text.length && text.charAt(at) !== '\n') take()
    else if (char === ';' || char === '{' || char === '}')
      tokens.push({ kind: take() as ';', line, start: at - 1, end: at })
    else if (char === '"' || char === "'") quoted()
    else bare()
  }
  return { tokens, broken }

  function quoted(): void {
    const [start, first] = [at, line]
    const quote = take()
    let word = ''
    while (text.charAt(at) !== quote) {
      if (at >= text.length) {
        broken = refusedByNginx(line, `unexpected end of file, expecting ";" or "}"`)
        return
      }
      word += text.charAt(at) === '\\' ? escaped() : take()
    }
    take()
    tokens.push({ kind: 'word', text: word, isQuoted: true, line: first, start, end: at })
    const next = text.charAt(at)
    if (next !== '' && !isSpace(next) && next !== ';' && next !== '{' && next !== ')')
      broken = refusedByNginx(line, `unexpected "${next}"`)
  }

  function bare(): void {
    const [start, first] = [at, line]
    let word = ''
    let isVariable = false
    while (at < text.length) {
      const char = text.charAt(at)
      if (isSpace(char) || char === ';' || (char === '{' && !isVariable)) break
      isVariable = char === '$' || (char === '{' && isVariable)
      word += char === '\\' ? escaped() : take()
    }
    tokens.push({ kind: 'word', text: word, isQuoted: false, line: first, start, end: at })
  }

  /** `\n` is a new line; a backslash that means nothing to nginx stays, for the pattern behind it. */
  function escaped(): string {
    take()
    const char = take()
    return special[char] ?? `\\${char}`
  }
}
