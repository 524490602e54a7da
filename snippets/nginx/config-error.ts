/** What nginx would refuse, or what this model does not know and will not guess. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problem: Problem
  /** Counted from 1. */
  readonly line: number

  constructor(line: number, problem: Problem) {
    super(`line ${line}: ${inWords(problem)}`)
    this.line = line
    this.problem = problem
  }
}

/** `text` is what was found in the configuration. */
export type Problem =
  | { readonly kind: 'not-modelled'; readonly text: string }
  /** None of nginx's own modules has it: a typing error, or a module of somebody else's. */
  | { readonly kind: 'unknown-directive'; readonly text: string; readonly hint?: Hint }
  | { readonly kind: 'regex-differs'; readonly text: string; readonly regex: string }
  /** `text` is nginx's own message. */
  | { readonly kind: 'refused-by-nginx'; readonly text: string; readonly hint?: Hint }
  | {
      readonly kind: 'too-large'
      readonly what: 'file' | 'depth' | 'pattern'
      /** How large it is, or may be. */
      readonly text: string
    }

/** What probably happened. */
export type Hint =
  /** `word` begins a directive, and stands on a line of its own: the `;` before it is missing. */
  | { readonly kind: 'semicolon'; readonly line: number; readonly word: string }
  /** A block ends in the middle of a directive. */
  | { readonly kind: 'unfinished' }
  /** A pattern with `{` in it is not quoted. */
  | { readonly kind: 'braces' }
  /** The `listen` of this line takes the same addresses. */
  | { readonly kind: 'taken'; readonly line: number }
  /** It may stand in such a block, inside of this one. */
  | { readonly kind: 'belongs'; readonly place: 'server' | 'location' }
  /** nginx had it once; `text` has taken its place. */
  | { readonly kind: 'gone'; readonly since: string; readonly text: string }

function inWords(problem: Problem): string {
  switch (problem.kind) {
    case 'not-modelled':
      return `nginx knows \`${problem.text}\`, this model does not`
    case 'unknown-directive':
      return `unknown directive "${problem.text}"${hintInWords(problem.hint)}`
    case 'regex-differs':
      return `\`${problem.text}\` in the pattern \`${problem.regex}\` is beyond this model`
    case 'refused-by-nginx':
      return `nginx refuses: ${problem.text}${hintInWords(problem.hint)}`
    case 'too-large':
      return {
        file: `${problem.text} is more than this model reads`,
        depth: `more than ${problem.text} blocks inside each other is more than this model reads`,
        pattern: `the pattern \`${problem.text}\` has more parts than this model tries`,
      }[problem.what]
  }
}

function hintInWords(hint: Hint | undefined): string {
  if (!hint) return ''
  if (hint.kind === 'braces') return ' (quote a pattern that has a brace)'
  if (hint.kind === 'taken') return ` (line ${hint.line} takes these addresses, too)`
  if (hint.kind === 'belongs') return ` (put it into a ${hint.place})`
  if (hint.kind === 'gone') return ` (gone since nginx ${hint.since}: \`${hint.text}\`)`
  if (hint.kind === 'unfinished') return ' (is a ";" missing before it?)'
  return ` (is a ";" missing before \`${hint.word}\` in line ${hint.line}?)`
}

/** So much of a long word as tells which one it is. */
export const shortened = (text: string): string =>
  text.length > 80 ? `${text.slice(0, 77)}…` : text

export const refusedByNginx = (line: number, text: string, hint?: Hint): ConfigError =>
  new ConfigError(line, {
    ...{ kind: 'refused-by-nginx', text: text.replace(/[^"]{80,}/g, shortened) },
    ...(hint ? { hint } : {}),
  })
