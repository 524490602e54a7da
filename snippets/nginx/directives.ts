import { checkStatement, swallowedBy, type Statement } from './check-directive.ts'
import { checkValues } from './check-values.ts'
import { ConfigError, refusedByNginx, type Hint } from './config-error.ts'
import { checkTwice } from './check-twice.ts'
import type { Place } from './directive-kinds.ts'
import { innerPlace, openPlace } from './places.ts'
import { tokenize } from './tokens.ts'

/** One directive, simple or with a block. */
export interface Directive {
  readonly name: string
  readonly args: readonly string[]
  /** Where it begins, counted from 1. */
  readonly line: number
  /** The line of its `;` or `{`, by which nginx reports it. */
  readonly headLine: number
  /** The line of the `}` of its block, or of its `;`. */
  readonly lastLine: number
  readonly block: readonly Directive[] | undefined
  /** A word among `args` that looks as if a `;` were missing before it. */
  readonly swallowed?: Hint
}

export interface Parsed {
  readonly directives: readonly Directive[]
  /** What nginx would not read, in its order; what could be read of the rest is there all the same. */
  readonly problems: readonly ConfigError[]
}

/** More than anybody's configuration: beyond it the page would only be slow. */
const longestText = 200_000
const deepest = 100

/** Reads a configuration as a tree: all of an nginx.conf, or what stands in its `http` block. */
export function parse(text: string): Parsed {
  if (text.length > longestText) return { directives: [], problems: [tooLarge(1, text.length)] }
  const { tokens, broken } = tokenize(text)
  const problems: ConfigError[] = []
  const lastLine = text.split('\n').length
  let at = 0
  let isOver = false
  return { directives: block(openPlace(tokens), 0), problems }

  /** What cannot be cut into directives ends the reading. */
  function end(error: ConfigError): undefined {
    if (!isOver) problems.push(error)
    isOver = true
  }

  function block(place: Place, depth: number): readonly Directive[] {
    const directives: Directive[] = []
    const seen = new Set<string>()
    if (depth > deepest) end(tooDeep(tokens[at - 1]!.line))
    while (!isOver) {
      const token = tokens[at]
      if (!token) {
        if (broken) end(broken)
        else if (depth > 0) end(refusedByNginx(lastLine, 'unexpected end of file, expecting "}"'))
        return directives
      }
      if (token.kind === '}') {
        if (depth > 0) return directives
        end(refusedByNginx(token.line, 'unexpected "}"'))
        return directives
      }
      const next = directive(place, depth, seen)
      if (next) directives.push(next)
    }
    return directives
  }

  function directive(place: Place, depth: number, seen: Set<string>): Directive | undefined {
    const words: Statement['words'][number][] = []
    for (let token = tokens[at]; token?.kind === 'word'; token = tokens[++at]) words.push(token)
    const token = tokens[at]
    const first = words[0]
    const swallowed = swallowedBy({ words, place })
    if (!token || token.kind === 'word')
      return end(
        broken ??
          refusedByNginx(lastLine, 'unexpected end of file, expecting ";" or "}"', swallowed),
      )
    if (!first || token.kind === '}')
      return end(
        refusedByNginx(
          ...([token.line, `unexpected "${token.kind}"`] as const),
          swallowed ?? (first && { kind: 'unfinished' }),
        ),
      )
    at++
    const statement = { words, end: token, place }
    const refused =
      checkStatement(statement) ?? checkTwice(statement, seen) ?? checkValues(statement)
    if (refused) problems.push(refused)
    const opened = {
      ...{ name: first.text, args: words.slice(1).map((word) => word.text), line: first.line },
      ...{
        headLine: token.line,
        lastLine: token.line,
        block: undefined,
        ...(swallowed ? { swallowed } : {}),
      },
    }
    if (token.kind === ';') return refused ? undefined : opened
    const inner = block(refused ? 'anything' : innerPlace(place, first.text), depth + 1)
    const closing = tokens[at++]?.line ?? lastLine
    return refused ? undefined : { ...opened, block: inner, lastLine: closing }
  }
}

const tooLarge = (line: number, length: number): ConfigError =>
  new ConfigError(line, {
    ...{ kind: 'too-large', what: 'file' },
    text: `${Math.round(length / 1000)} kB`,
  })

const tooDeep = (line: number): ConfigError =>
  new ConfigError(line, { kind: 'too-large', what: 'depth', text: `${deepest}` })
