import { posix } from 'node:path'
import type { Problem } from '../kind/problem.ts'
import { meaningOf } from './meanings.ts'

/** Of all that follows from one mistake, the reader is shown so many lines. */
const enough = 3

/** Where keepalived begins to read: below `at`, the reader's folder. */
interface FirstFile {
  readonly at: string
  readonly file: string
}

/** `(/lab/lvs1/keepalived.conf: Line 10) Unknown keyword 'priorty'` */
export function parseKeepalived(output: string, { at, file }: FirstFile): Problem[] {
  // `/lab/lvs1/keepalived.conf`, and `../virtual-servers.conf` as the one before includes it.
  const fileOf = (path: string) =>
    posix.normalize(
      path.startsWith(`${at}/`) ? path.slice(at.length + 1) : posix.join(posix.dirname(file), path),
    )
  const problems = output.split('\n').flatMap((text): Problem[] => {
    const [, path, line, message = ''] = /^\((\S+): Line (\d+)\) (.*)$/.exec(text.trim()) ?? []
    if (path)
      return [{ file: fileOf(path), line: Number(line), message, meaning: meaningOf(message) }]
    if (!/^(WARNING|There are \d+ (?:missing|extra)|Unable to open|.*no such file)/i.test(text))
      return []
    const words = text.trim().replace(/^WARNING - /, '')
    return [{ file, message: words, meaning: meaningOf(text) }]
  })
  // keepalived reads its files several times over, and says the same each time.
  const known = new Set<string>()
  const fresh = problems.filter((one) => {
    const key = `${one.file}:${one.line}:${one.message}`
    return !known.has(key) && known.add(key)
  })
  if (fresh.length > 0) return fresh.slice(0, enough)
  return [{ file, message: output.trim().slice(0, 400) }]
}
