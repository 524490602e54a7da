import { say } from '../../language.ts'
import type { Problem } from '../kind/problem.ts'
import type { RestartChange } from '../restart.ts'

/** What ip(8) and sysctl(8) said when the machine came up. */
export function parseBoot(
  output: string,
  { at, sysctl: settings }: Pick<RestartChange, 'at' | 'sysctl'>,
): Problem[] {
  const lines = output.split('\n').map((line) => line.trim())
  const [failed, file = '', number] =
    /^Command failed (\S+):(\d+)$/.exec(
      lines.find((line) => line.startsWith(`Command failed ${at}/`)) ?? '',
    ) ?? []
  if (failed) {
    const before = lines.slice(0, lines.indexOf(failed)).filter(Boolean)
    const message = before.find((line) => /^Error|^RTNETLINK|unknown|wrong|garbage/i.test(line))
    return [
      {
        file: file.slice(at.length + 1),
        line: Number(number),
        message: message ?? failed,
        meaning: /unknown device type/i.test(message ?? '')
          ? say(
              'The kernel of your Docker engine has no such kind of card: lo carries the address as well.',
              '你的 Docker 引擎所用的内核没有这种网卡：把地址放在 lo 上一样可以。',
            )
          : say(
              'Each line is what you would type after `ip`.',
              '每一行就是在 `ip` 之后要敲的内容。',
            ),
      },
    ]
  }
  const sysctl = lines.find((line) => line.startsWith('sysctl:')) ?? ''
  const line = /\((\d+)\)/.exec(sysctl)?.[1]
  return [
    {
      file: settings.file,
      line: line ? Number(line) : undefined,
      message: sysctl || output.trim().slice(0, 400),
      meaning: say(
        'The kernel has no such setting, or the line is not `name = value`.',
        '内核没有这项设置，或者这一行不是“名字 = 值”的形式。',
      ),
    },
  ]
}
