import stringWidth from 'string-width'
import { currentLanguage, say } from '../language.ts'
import { commandLines } from './command-table.ts'
import { optionRows } from './option-table.ts'
import { padTo } from './pad.ts'

/** A pure string: whoever asked prints it. */
export function help(): string {
  const language = currentLanguage()
  const options = optionRows.map(([name, { sample, does }]) => ({
    typed: `  --${name}${sample ? ` ${sample}` : ''}`,
    does: does[language],
  }))
  return [
    ...twoColumns(commandLines(language)),
    '',
    say('Options, after a lone --', '选项写在单独的 -- 之后'),
    ...twoColumns(options),
    '',
    say(
      'Exit codes: 0 all pass, 1 a task fails, 2 usage, 3 environment, 130 interrupted. NO_COLOR is honoured.',
      '退出码：0 全部通过，1 有任务未通过，2 用法错误，3 环境问题，130 被中断。遵守 NO_COLOR。',
    ),
    '',
  ].join('\n')
}

/** The right side begins in one column; `mark` is how a shell tells a comment. */
export function twoColumns(
  rows: readonly { readonly typed: string; readonly does: string }[],
  mark = '',
): string[] {
  const width = Math.max(...rows.map(({ typed }) => stringWidth(typed)))
  return rows.map(({ typed, does }) => `${padTo(typed, width + 2)}${mark}${does}`)
}
