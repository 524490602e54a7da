import { refusedByNginx } from './config-error.ts'
import { tokenize, type Token } from './tokens.ts'

/** One directive, simple or with a block. */
export interface Directive {
  readonly name: string
  readonly args: readonly string[]
  /** Where it begins, counted from 1. */
  readonly line: number
  /** The line of the `}` of its block, or of its `;`. */
  readonly lastLine: number
  readonly block: readonly Directive[] | undefined
}

/** Reads a configuration as a tree. Throws `ConfigError` where nginx would not read it either. */
export function parse(text: string): readonly Directive[] {
  const tokens = tokenize(text)
  let at = 0
  const end = text.split('\n').length
  return block(undefined)

  function block(opened: Directive | undefined): readonly Directive[] {
    const directives: Directive[] = []
    for (let token = tokens[at]; token; token = tokens[at]) {
      if (token.kind === '}') {
        if (!opened) throw refusedByNginx(token.line, 'unexpected "}"')
        return directives
      }
      directives.push(directive())
    }
    if (opened)
      throw refusedByNginx(end, `unexpected end of file, the "{" of line ${opened.line} is open`)
    return directives
  }

  function directive(): Directive {
    const words: string[] = []
    const line = tokens[at]!.line
    for (let token: Token | undefined = tokens[at]; token; token = tokens[++at]) {
      if (token.kind === 'word') {
        words.push(token.text)
        continue
      }
      const [name, ...args] = words
      if (name === undefined || token.kind === '}')
        throw refusedByNginx(token.line, `unexpected "${token.kind}"`)
      at++
      const opened = { name, args, line, lastLine: token.line, block: undefined }
      if (token.kind === ';') return opened
      const inner = block(opened)
      return { ...opened, block: inner, lastLine: tokens[at++]!.line }
    }
    throw refusedByNginx(end, `unexpected end of file, expecting ";" or "}" after "${words[0]}"`)
  }
}
