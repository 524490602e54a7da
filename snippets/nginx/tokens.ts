import { refusedByNginx } from './config-error.ts'

export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly line: number }
  | { readonly kind: ';' | '{' | '}'; readonly line: number }

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
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  let line = 1
  const take = (): string => {
    const char = text.charAt(at++)
    if (char === '\n') line++
    return char
  }

  while (at < text.length) {
    const char = text.charAt(at)
    if (isSpace(char)) take()
    else if (char === '#') while (at < text.length && text.charAt(at) !== '\n') take()
    else if (char === ';' || char === '{' || char === '}')
      tokens.push({ kind: take() as ';', line })
    else tokens.push(char === '"' || char === "'" ? quoted() : bare())
  }
  return tokens

  function quoted(): Token {
    const start = line
    const quote = take()
    let word = ''
    while (text.charAt(at) !== quote) {
      if (at >= text.length)
        throw refusedByNginx(start, `unexpected end of file, expecting ${quote}`)
      word += text.charAt(at) === '\\' ? escaped() : take()
    }
    take()
    const next = text.charAt(at)
    if (next !== '' && !isSpace(next) && next !== ';' && next !== '{')
      throw refusedByNginx(line, `unexpected "${next}" after ${quote}`)
    return { kind: 'word', text: word, line: start }
  }

  function bare(): Token {
    const start = line
    let word = ''
    while (at < text.length) {
      const char = text.charAt(at)
      const isVariable = char === '{' && word.endsWith('$')
      if (isSpace(char) || char === ';' || (char === '{' && !isVariable)) break
      word += char === '\\' ? escaped() : take()
    }
    return { kind: 'word', text: word, line: start }
  }

  /** `\n` is a new line; a backslash that means nothing to nginx stays, for the pattern behind it. */
  function escaped(): string {
    take()
    const char = take()
    return special[char] ?? `\\${char}`
  }
}
