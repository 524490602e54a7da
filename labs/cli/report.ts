import pc from './colors.ts'
import type { Lab } from '../catalog/catalog.ts'
import type { TestVerdict, Verdict } from '../checker/verdict.ts'
import { pick, say } from '../language.ts'
import type { Problem } from '../runtime/runtime.ts'
import { padTo } from './pad.ts'
import { wrap } from './wrap.ts'

const marks = {
  pass: pc.green('✓'),
  fail: pc.red('✗'),
  error: pc.yellow('!'),
  skipped: pc.dim('·'),
} as const

/** One line for what passed; what did not is told in full. */
export function verdictLines(lab: Lab, verdict: Verdict, columns: number): string[] {
  const index = lab.tasks.findIndex((task) => task.id === verdict.task)
  const title = `${index + 1} ${pick(lab.tasks[index]!.title)}`
  const head = `${marks[verdict.outcome]} ${title} ${pc.dim(seconds(verdict.ms))}`
  if (verdict.outcome === 'pass') return [head]
  const told = verdict.tests.find((test) => test.outcome === verdict.outcome)
  return told ? [head, ...testLines(told, columns), hintLine(lab, verdict)] : [head]
}

const hintLine = (lab: Lab, { task, outcome }: Verdict) =>
  outcome === 'fail'
    ? pc.dim(`    ${say('hint', '提示')}      npm run lab ${lab.number} hint ${task}`)
    : ''

/** Expected, observed, and the command that shows it. */
export function testLines(test: TestVerdict, columns: number): string[] {
  const message = test.message && test.message !== test.title ? test.message : undefined
  // A boolean says nothing that the message does not.
  const telling = test.expected !== undefined && !/^(true|false)$/.test(test.expected)
  return [
    ...field(marks[test.outcome === 'error' ? 'error' : 'fail'], test.title, columns, 4),
    ...(test.outcome === 'error' || !telling
      ? field('', message, columns)
      : [
          ...field('', message, columns),
          ...field(say('expected', '预期'), test.expected, columns),
          ...field(say('observed', '实际'), excerpt(test.observed), columns),
        ]),
    ...field(say('servers', '服务器'), test.said, columns),
    ...field(say('see it', '亲自看'), test.trace.slice(-4).join('\n'), columns),
    ...field(say('next', '下一步'), test.next, columns),
  ].map((line) => line.trimEnd())
}

const labelWidth = 10

function field(label: string, text: string | undefined, columns: number, indent = 4): string[] {
  if (!text) return []
  const isMark = Object.values<string>(marks).includes(label)
  const first = isMark
    ? `${' '.repeat(indent)}${label} `
    : ' '.repeat(indent) + pc.dim(padTo(label, labelWidth))
  const width = indent + (isMark ? 2 : labelWidth)
  return wrap(text, columns - width).map(
    (line, index) => (index === 0 ? first : ' '.repeat(width)) + line,
  )
}

/** What a server refuses in the reader's file; the lab goes on with the last good one. */
export function problemLines(problems: readonly Problem[], columns: number): string[] {
  return [
    ...field(
      marks.error,
      say(
        'Not taken: the lab goes on with the last good files.',
        '没有生效：实验继续使用上一份正确的文件。',
      ),
      columns,
      0,
    ),
    ...problems.flatMap(({ file, line, message, meaning }) => [
      ...wrap(pc.bold(`work/${file}${line ? `:${line}` : ''}`), columns - 4).map(
        (part) => `    ${part}`,
      ),
      ...field('', message, columns),
      ...field(say('usually', '通常是'), meaning, columns),
    ]),
  ]
}

export const seconds = (ms: number) =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`

/** A page that came instead of another is known by its beginning. */
function excerpt(text: string | undefined): string | undefined {
  if (text === undefined || text.length <= 160) return text
  return `${text.replace(/\s+/g, ' ').slice(0, 160)} …`
}
