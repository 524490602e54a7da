import pc from './colors.ts'

/** Where words go: results to standard output, progress and errors to standard error. */
export interface Output {
  /** A screen that can be painted, and keys that can be read. */
  readonly isTerminal: boolean
  readonly columns: number
  line(text?: string): void
  note(text: string): void
  json(value: unknown): void
}

export function processOutput(): Output {
  const { stdout, stderr, stdin } = process
  return {
    isTerminal: Boolean(stdout.isTTY && stdin.isTTY) && process.env.TERM !== 'dumb',
    get columns() {
      return stdout.columns ?? 80
    },
    line: (text = '') => void stdout.write(`${text}\n`),
    note: (text) => void stderr.write(`${pc.dim(text)}\n`),
    json: (value) => void stdout.write(`${JSON.stringify(value)}\n`),
  }
}
