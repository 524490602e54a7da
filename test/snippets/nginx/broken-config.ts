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
  otherPlace,
  otherPlace,
  otherPlace,
  otherOption,
  otherOption,
  morePorts,
  morePorts,
]

/** What may stand in a `listen`, and what may not. */
const places = [
  ...['8080-8090', '8090-8080', '8080-', '0-8080', '8080-70000', '70000', ':8080', '*'],
  ...['127.0.0.1:8080-8081', '127.0.0.1:8081-8080', '*:8080-8081', '127.0.0.1:', '0.0.0.0:8080'],
  ...['[::]:8080', '[::]:8080-8083', '[::]:8083-8080', '[::', '[]:8080', '[::]8080', '[::g]:8080'],
  ...['localhost:8080', 'localhost:8080-8081', 'teahouse.invalid:8080', 'a/b:8080', 'unix:', '0'],
]
const options = [
  'ipv6only=on',
  'ipv6only=off',
  'ipv6only=oops',
  'ipv6only=yes',
  'bind',
  'reuseport',
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

function otherPlace(seeded: Seeded, tokens: readonly Token[]): readonly Token[] {
  const at = listen(seeded, tokens)
  return at === undefined ? tokens : tokens.with(at, word(tokens[at]!, seeded.pick(places)))
}

/** A range, in the same server, that begins before a port which is listened to already. */
function morePorts(seeded: Seeded, tokens: readonly Token[]): readonly Token[] {
  const at = listen(seeded, tokens)
  if (at === undefined) return tokens
  const place = tokens[at]!
  const [, address, port] = place.kind === 'word' ? (/^(.*?)(\d+)$/.exec(place.text) ?? []) : []
  const end = tokens.findIndex(({ kind }, index) => index > at && kind === ';')
  if (port === undefined || end < 0) return tokens
  const range = `${address}${Number(port) - 1}-${Number(port) + seeded.between(0, 1)}`
  return tokens.toSpliced(end + 1, 0, tokens[at - 1]!, word(place, range), tokens[end]!)
}

/** An option that is copied into every server, where only one may say it. */
function otherOption(seeded: Seeded, tokens: readonly Token[]): readonly Token[] {
  const at = listen(seeded, tokens)
  if (at === undefined) return tokens
  const option = seeded.pick(options)
  const chosen = tokens[at]!
  return tokens.flatMap((token, index) => {
    const isPlace = index > 0 && isWord(tokens[index - 1]!, 'listen')
    return isPlace && token.kind === 'word' && isWord(chosen, token.text)
      ? [token, word(token, option)]
      : [token]
  })
}

/** Where some `listen` names its place. */
function listen(seeded: Seeded, tokens: readonly Token[]): number | undefined {
  const found = tokens.flatMap((token, index) =>
    isWord(token, 'listen') && tokens[index + 1]?.kind === 'word' ? [index + 1] : [],
  )
  return found.length > 0 ? seeded.pick(found) : undefined
}

const isWord = (token: Token, text: string): boolean => token.kind === 'word' && token.text === text

const word = ({ line, start, end }: Token, text: string): Token => ({
  ...{ kind: 'word', text, isQuoted: false, line, start, end },
})

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
