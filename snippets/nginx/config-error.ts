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
  | { readonly kind: 'unknown-directive'; readonly text: string }
  | { readonly kind: 'not-allowed-here'; readonly text: string; readonly place: string }
  | { readonly kind: 'regex-differs'; readonly text: string; readonly regex: string }
  | { readonly kind: 'refused-by-nginx'; readonly text: string }

function inWords(problem: Problem): string {
  switch (problem.kind) {
    case 'not-modelled':
      return `nginx knows \`${problem.text}\`, this model does not`
    case 'unknown-directive':
      return `this model does not know \`${problem.text}\``
    case 'not-allowed-here':
      return `\`${problem.text}\` has no place in ${problem.place}`
    case 'regex-differs':
      return `\`${problem.text}\` in the pattern \`${problem.regex}\` is beyond this model`
    case 'refused-by-nginx':
      return `nginx refuses: ${problem.text}`
  }
}

export const refusedByNginx = (line: number, text: string): ConfigError =>
  new ConfigError(line, { kind: 'refused-by-nginx', text })
