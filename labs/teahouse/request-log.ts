/**
 * Plain lines, written once for each turn of the event loop: under load that is one system call for
 * many requests, and a line is never later than the answer by more than a moment.
 */
export function createLog(write: (text: string) => void) {
  let lines: string[] = []
  const flush = () => {
    if (lines.length > 0) write(`${lines.join('\n')}\n`)
    lines = []
  }
  const log = (line: string) => {
    if (lines.length === 0) setImmediate(flush)
    lines.push(line)
  }
  return { log, flush }
}

interface Answered {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly ms: number
  readonly client: string
}

/** What came from outside must not be able to start a line of its own. */
const oneWord = (text: string) => text.replace(/[^\x21-\x7e]/g, '?') || '-'

export const requestLine = ({ method, path, status, ms, client }: Answered): string =>
  `${method} ${oneWord(path)} ${status} ${ms.toFixed(1)}ms ${oneWord(client)}`
