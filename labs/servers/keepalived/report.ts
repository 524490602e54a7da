import { posix } from 'node:path'
import type { Files } from '../kind/server-kind.ts'
import type { Problem } from '../kind/problem.ts'
import { meaningOf } from './meanings.ts'
import { placeOf } from './place.ts'

/** Of all that follows from one mistake, the reader is shown so many lines. */
const enough = 3

/** Where keepalived begins to read: below `at`, the reader's folder. */
interface FirstFile {
  readonly at: string
  readonly file: string
}

/** `(/lab/lvs1/keepalived.conf: Line 10) Unknown keyword 'priorty'`; `(Line 9)` is of the first file. */
const withLine = /^\((?:(\S+): )?Line (\d+)\) (.*)$/

/** What `keepalived --config-test` has refused; `files` tell where, if it does not. */
export function parseKeepalived(
  output: string,
  { at, file }: FirstFile,
  files: Files = new Map(),
): Problem[] {
  // `/lab/lvs1/keepalived.conf`, and `../virtual-servers.conf` as the one before includes it.
  const fileOf = (path = `${at}/${file}`) =>
    posix.normalize(
      path.startsWith(`${at}/`) ? path.slice(at.length + 1) : posix.join(posix.dirname(file), path),
    )
  // What keepalived knows a line of is the cause, as a rule; the rest follows from it.
  const told = linesOf(output)
  const causesFirst = [true, false].flatMap((has) => told.filter((t) => withLine.test(t) === has))
  const problems = causesFirst.map((text): Problem => {
    const [, path, line, message] = withLine.exec(text) ?? []
    if (message === undefined) return problemOf(text, file, files)
    return { file: fileOf(path), line: Number(line), message, meaning: meaningOf(message) }
  })
  return unique(problems).slice(0, enough)
}

/** What it tells with a line and takes nevertheless: a file to include that is not there. */
export function parsePassedOver(output: string, first: FirstFile): Problem[] {
  const told = linesOf(output).filter((line) => withLine.test(line))
  return told.length > 0 ? parseKeepalived(told.join('\n'), first) : []
}

/** A problem in its own words alone. */
export function problemOf(text: string, file: string, files: Files): Problem {
  const message = text.replace(/^WARNING - /, '').slice(0, 400)
  return { file, ...placeOf(message, files), message, meaning: meaningOf(text) }
}

/** keepalived reads its files several times over, and says the same each time. */
export function unique(problems: readonly Problem[]): Problem[] {
  const known = new Set<string>()
  return problems.filter((one) => {
    const key = `${one.file}:${one.line}:${one.message}`
    return !known.has(key) && known.add(key)
  })
}

const linesOf = (output: string) =>
  output
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
