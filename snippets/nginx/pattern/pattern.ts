import { ConfigError, refusedByNginx, shortened } from '../config-error.ts'
import { toBytes } from '../normalise-uri.ts'
import { neededByte } from './needed-byte.ts'
import { PatternError } from './pattern-error.ts'
import { programOf } from './program.ts'
import { readPattern } from './read-pattern.ts'
import { run } from './run-program.ts'

/** A PCRE pattern as nginx uses it, on text with a character for each byte. */
export interface Pattern {
  /** As written. */
  readonly source: string
  /** Throws `PatternGaveUp` where PCRE's patience, or this model's, ends. */
  test(text: string): boolean
}

/** nginx answers 500 to such a request and logs "pcre2_match() failed". */
export class PatternGaveUp extends Error {
  override readonly name = 'PatternGaveUp'
  readonly source: string

  constructor(source: string) {
    super(`the pattern ${source} was tried in too many ways`)
    this.source = source
  }
}

/**
 * PCRE bears 10,000,000 of what it counts; measured on nginx 1.26, that is about as much as so many
 * turnings back here. At the edge a letter more or less may differ.
 */
const mostTries = 8_000_000

/**
 * Compiles a pattern. What PCRE refuses is refused with its words; what this model does not know is
 * refused by name: back-references, recursion, conditions, \Q…\E, \p and their kind.
 */
export function compilePattern(source: string, isCaseless: boolean, line: number): Pattern {
  const { program, needed } = read()
  return {
    source,
    test(text) {
      if (needed && !needed(text)) return false
      const patience = { left: mostTries }
      for (let from = 0; from <= text.length; from++) {
        const end = run(program, text, from, patience)
        if (end === undefined) throw new PatternGaveUp(source)
        if (end >= 0) return true
      }
      return false
    },
  }

  function read() {
    try {
      const node = readPattern(toBytes(source), isCaseless)
      return { program: programOf(node), needed: neededByte(node) }
    } catch (error) {
      if (!(error instanceof PatternError)) throw error
      const shown = shortened(source)
      if (error.kind === 'invalid')
        throw refusedByNginx(line, `pcre2_compile() failed: ${error.text} in "${shown}"`)
      throw new ConfigError(
        line,
        error.kind === 'too-large'
          ? { kind: 'too-large', what: 'pattern', text: shown }
          : { kind: 'regex-differs', text: error.text, regex: shown },
      )
    }
  }
}
