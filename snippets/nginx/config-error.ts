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
  | { readonly kind: 'too-large'; readonly text: string }

/** What probably happened. */
export type Hint =
  /** `word` begins a directive, and stands on a line of its own: the `;` before it is missing. */
  | { readonly kind: 'semicolon'; readonly line: number; readonly word: string }
  /** A pattern with `{` in it is not quoted. */
  | { readonly kind: 'braces' }

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
      return `${problem.text} is more than this model reads`
  }
}

function hintInWords(hint: Hint | undefined): string {
  if (!hint) return ''
  if (hint.kind === 'braces') return ' (quote a pattern that has a brace)'
  return ` (is a ";" missing before \`${hint.word}\` in line ${hint.line}?)`
}

export const refusedByNginx = (line: number, text: string, hint?: Hint): ConfigError =>
  new ConfigError(line, { kind: 'refused-by-nginx', text, ...(hint ? { hint } : {}) })
