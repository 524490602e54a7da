import { say } from '../../language.ts'
import type { Problem } from '../runtime.ts'
import { meaningOf } from './keepalived-meanings.ts'

/** Of all that follows from one mistake, the reader is shown so many lines. */
const enough = 3

/** `(/lab/lvs1/keepalived.conf: Line 10) Unknown keyword 'priorty'` */
export function parseKeepalived(output: string, machine: string): Problem[] {
  const problems = output.split('\n').flatMap((text): Problem[] => {
    const [, path, line, message = ''] = /^\((\S+): Line (\d+)\) (.*)$/.exec(text.trim()) ?? []
    if (path)
      return [{ file: fileOf(path), line: Number(line), message, meaning: meaningOf(message) }]
    if (!/^(WARNING|There are \d+ (?:missing|extra)|Unable to open|.*no such file)/i.test(text))
      return []
    const words = text.trim().replace(/^WARNING - /, '')
    return [{ file: `${machine}/keepalived.conf`, message: words, meaning: meaningOf(text) }]
  })
  // keepalived reads its files several times over, and says the same each time.
  const known = new Set<string>()
  const fresh = problems.filter((one) => {
    const key = `${one.file}:${one.line}:${one.message}`
    return !known.has(key) && known.add(key)
  })
  if (fresh.length > 0) return fresh.slice(0, enough)
  return [{ file: `${machine}/keepalived.conf`, message: output.trim().slice(0, 400) }]
}

/** `/lab/lvs1/keepalived.conf`, and `../virtual-servers.conf` as the one before includes it. */
const fileOf = (path: string) => path.replace(/^\/lab\//, '').replace(/^(?:[^/]+\/)?\.\.\//, '')

/** What ip(8) and sysctl(8) said when the machine came up: see machines/nginx.sh of lab 2. */
export function parseBoot(output: string): Problem[] {
  const lines = output.split('\n').map((line) => line.trim())
  const failed = /^Command failed \/lab\/(\S+):(\d+)$/.exec(
    lines.find((line) => line.startsWith('Command failed')) ?? '',
  )
  if (failed) {
    const before = lines.slice(0, lines.indexOf(failed[0])).filter(Boolean)
    const message = before.find((line) => /^Error|^RTNETLINK|unknown|wrong|garbage/i.test(line))
    return [
      {
        file: failed[1] ?? '',
        line: Number(failed[2]),
        message: message ?? failed[0],
        meaning: say(
          'Each line is what you would type after `ip`.',
          '每一行就是在 `ip` 之后要敲的内容。',
        ),
      },
    ]
  }
  const sysctl = lines.find((line) => line.startsWith('sysctl:')) ?? ''
  const number = /\((\d+)\)/.exec(sysctl)?.[1]
  return [
    {
      file: 'real-server/sysctl.conf',
      line: number ? Number(number) : undefined,
      message: sysctl || output.trim().slice(0, 400),
      meaning: say(
        'The kernel has no such setting, or the line is not `name = value`.',
        '内核没有这项设置，或者这一行不是“名字 = 值”的形式。',
      ),
    },
  ]
}
