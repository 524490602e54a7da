import type { Problem } from '../kind/problem.ts'
import type { VarnishChange } from '../varnish.ts'
import { meaningOf } from './meanings.ts'

/**
 * The VCL compiler's report: what it found, then `('/etc/varnish/default.vcl' Line 12 Pos 5)`, the
 * line itself and a row of marks below it; sometimes the words come after the marks. Only the first
 * place counts: the others are where that was called from.
 */
export function parseVcl(output: string, { files, at, main }: VarnishChange): Problem[] {
  const lines = output.split('\n').filter((line) => !noise.test(line))
  const where = lines.findIndex((line) => location.test(line))
  const [, path = '', line] = location.exec(lines[where] ?? '') ?? []
  const before = lines.slice(0, Math.max(where, 0))
  // The place, the line and its marks are three.
  const after = lines.slice(where + 3)
  const words = oneLine(before) || oneLine(after.slice(0, after.findIndex(isPlace) >>> 0))
  const message = words || output.trim().slice(0, 400)
  const file = path.startsWith(`${at}/`) ? path.slice(at.length + 1) : main
  return [
    {
      file: files + file,
      line: line ? Number(line) : undefined,
      message,
      meaning: meaningOf(message),
    },
  ]
}

const location = /^(?:At: )?\('([^']+)' Line (\d+) Pos \d+\)/
const isPlace = (line: string) => location.test(line)
const noise =
  /^(?:Message from \S+-compiler:|Command failed|Running VCC|VCL compilation|\(Sorry if|\(program line)/

const oneLine = (lines: readonly string[]) =>
  lines
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ')
    .slice(0, 400)
