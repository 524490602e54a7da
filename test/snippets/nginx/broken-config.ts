import { tokenize, type Token } from '../../../snippets/nginx/tokens.ts'
import type { Seeded } from './seeded.ts'

/** The mistakes of a hand that is in a hurry. */
const slips: readonly ((seeded: Seeded, tokens: readonly Token[]) => readonly Token[])[] = [
  forget(';'),
  forget(';'),
  forget('{'),
  forget('}'),
  forget('word'),
  again('word'),
  again('word'),
  again(';'),
  again('}'),
  swapped,
  directiveAgain,
]

/** The text with one mistake, sometimes two; a line for each directive, as people write. */
export function broken(seeded: Seeded, text: string): string {
  let { tokens } = tokenize(text)
  for (let count = seeded.pick([1, 1, 1, 2]); count > 0; count--)
    tokens = seeded.pick(slips)(seeded, tokens)
  return print(tokens)
}

export const printed = (text: string): string => print(tokenize(text).tokens)

function forget(kind: Token['kind']) {
  return (seeded: Seeded, tokens: readonly Token[]): readonly Token[] =>
    tokens.toSpliced(place(seeded, tokens, kind), 1)
}

function again(kind: Token['kind']) {
  return (seeded: Seeded, tokens: readonly Token[]): readonly Token[] => {
    const at = place(seeded, tokens, kind)
    return tokens.toSpliced(at, 0, tokens[at]!)
  }
}

/** Two neighbours change places. */
function swapped(seeded: Seeded, tokens: readonly Token[]): readonly Token[] {
  const at = seeded.below(tokens.length - 1)
  return tokens.toSpliced(at, 2, tokens[at + 1]!, tokens[at]!)
}

function directiveAgain(seeded: Seeded, tokens: readonly Token[]): readonly Token[] {
  const end = place(seeded, tokens, ';')
  const before = tokens.slice(0, end).findLastIndex(({ kind }) => kind !== 'word')
  return tokens.toSpliced(end + 1, 0, ...tokens.slice(before + 1, end + 1))
}

function place(seeded: Seeded, tokens: readonly Token[], wanted: Token['kind']): number {
  const places = tokens.flatMap(({ kind }, index) => (kind === wanted ? [index] : []))
  return places.length > 0 ? seeded.pick(places) : 0
}

/** What was on a line of its own stays there, so that the numbers of lines can be compared. */
function print(tokens: readonly Token[]): string {
  let text = ''
  let line = tokens[0]?.line ?? 1
  for (const token of tokens) {
    text += token.line > line ? '\n' : text === '' ? '' : ' '
    line = token.line
    text += token.kind === 'word' ? wordOf(token) : token.kind
  }
  return text
}

const wordOf = ({ text, isQuoted }: Extract<Token, { kind: 'word' }>): string =>
  isQuoted ? `"${text.replace(/["\\]/g, '\\$&')}"` : text
