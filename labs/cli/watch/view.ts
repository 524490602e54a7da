import { stripVTControlCharacters } from 'node:util'
import pc from '../colors.ts'
import stringWidth from 'string-width'
import type { TestVerdict } from '../../checker/verdict.ts'
import { pick, say } from '../../language.ts'
import { labTitle } from '../find-lab.ts'
import { problemLines, seconds, testLines } from '../report.ts'
import { wrap } from '../wrap.ts'
import type { WatchState } from './state.ts'

export interface ScreenSize {
  readonly columns: number
  readonly rows: number
}

/** Lines that the open task wants at least; a lower screen gets the tasks as one line of marks. */
const enough = 6

/** The whole screen as lines, never more than there are rows. */
export function renderWatch(state: WatchState, { columns, rows }: ScreenSize): string[] {
  const width = Math.max(40, Math.min(columns, 110)) - 1
  const foot = ['', ...footer(state, width)]
  const full = [...header(state, width), '', ...tasks(state, width), '']
  const isLow = full.length + enough + foot.length > rows
  const head = isLow ? [...header(state, width), marksOnly(state), ''] : full
  const room = Math.max(1, rows - head.length - foot.length)
  return [...head, ...fit(body(state, width), room), ...foot].slice(0, rows)
}

const marksOnly = (state: WatchState) =>
  state.lab.tasks.map((task, index) => `${markOf(state, task.id)} ${index + 1}`).join('  ')

/** The address is for copying: it is never cut, and has a line of its own where it must. */
function header({ lab, url }: WatchState, width: number): string[] {
  const title = `Four Tiers  ${labTitle(lab)}`
  const address = pc.underline(pc.cyan(url))
  return stringWidth(`${title}  ${url}`) <= width
    ? [`${pc.bold(title)}  ${address}`]
    : [pc.bold(clip(title, width)), address]
}

function tasks(state: WatchState, width: number): string[] {
  const { lab, verdicts, current } = state
  return lab.tasks.map((task, index) => {
    const passed = verdicts[task.id]?.outcome === 'pass'
    const title = clip(`${index + 1} ${pick(task.title)}`, width - 4)
    const isCurrent = task.id === current
    return `${isCurrent ? pc.cyan('›') : ' '} ${markOf(state, task.id)} ${isCurrent ? pc.bold(title) : passed ? title : pc.dim(title)}`
  })
}

function markOf({ verdicts, checking }: WatchState, task: string): string {
  if (checking.includes(task)) return pc.cyan('…')
  const outcome = verdicts[task]?.outcome
  return outcome ? marks[outcome] : pc.dim('·')
}

const marks = { pass: pc.green('✓'), fail: pc.red('✗'), error: pc.yellow('!') } as const

function body(state: WatchState, width: number): string[] {
  if (state.panel.length > 0) return state.panel.flatMap((line) => wrap(line, width))
  if (state.problems.length > 0) return problemLines(state.problems, width)
  const { lab, current, underway, verdicts, checking } = state
  const verdict = verdicts[current]
  const task = lab.tasks.find(({ id }) => id === current)!
  const files = pc.dim(
    `${say('your files', '你的文件')}  ${task.files.map((file) => `work/${file}`).join('  ')}`,
  )
  const first = wrap(files, width)
  if (underway.length > 0) return [...first, ...underway.flatMap((test) => told(test, width))]
  if (!verdict) return first
  if (checking.length === 0 && lab.tasks.every(({ id }) => verdicts[id]?.outcome === 'pass'))
    return wrap(pc.green(allDone(state)), width)
  const tests = verdict.tests.flatMap((test) => told(test, width))
  return [...first, ...(checking.includes(current) ? earlier(tests) : tests)]
}

/** What was found before this save stays to be read, and nobody takes it for news. */
const earlier = (lines: readonly string[]) =>
  [say('before this save:', '这次保存之前：'), ...lines].map((line) =>
    pc.dim(stripVTControlCharacters(line)),
  )

function told(test: TestVerdict, width: number): string[] {
  if (test.outcome === 'pass') return wrap(`    ${pc.green('✓')} ${pc.dim(test.title)}`, width)
  return test.outcome === 'skipped' ? [] : testLines(test, width)
}

const allDone = ({ lab }: WatchState) =>
  say(
    `All ${lab.tasks.length} tasks pass. Break something (b), measure it (l), or read on.`,
    `${lab.tasks.length} 个任务全部通过。试着弄坏点什么（b），测一测（l），或者继续往下读。`,
  )

function footer(state: WatchState, width: number): string[] {
  const broken = Object.entries(state.broken).map(([server, how]) => `${server} (${how})`)
  const status = state.busy
    ? pc.cyan(`${state.busy} …`)
    : pc.dim(took(state) || say('waiting for a save', '等待保存'))
  return [
    ...(state.notice ? wrap(pc.yellow(state.notice), width) : []),
    ...(broken.length > 0
      ? wrap(
          pc.yellow(
            say(`broken: ${broken.join(', ')}; m mends`, `已弄坏：${broken.join('、')}；按 m 恢复`),
          ),
          width,
        )
      : []),
    ...wrap(status, width),
    ...wrap(keys(), width),
  ]
}

function took({ lab, timing }: WatchState): string {
  if (!timing) return ''
  const task = lab.tasks.findIndex(({ id }) => id === timing.task) + 1
  const [total, apply, check] = [timing.totalMs, timing.applyMs, timing.checkMs].map(seconds)
  return say(
    `task ${task} was judged ${total} after the save: ${apply} to apply, ${check} to check`,
    `任务 ${task} 在保存后 ${total} 得出结论：生效 ${apply}，检查 ${check}`,
  )
}

const keys = () =>
  say(
    'h hint   s solution   o open   l load   b break   m mend   r recheck   ↑↓ task   q quit',
    'h 提示   s 答案   o 打开   l 负载   b 弄坏   m 恢复   r 重查   ↑↓ 选任务   q 退出',
  )
    .split('   ')
    // A key and its word stay on one line.
    .map((item) => item.replace(/^(\S+) /, (_, key: string) => `${pc.bold(key)}\u00a0`))
    .join('   ')

/** Its beginning, where the rest has no room. */
function clip(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  const [first = ''] = wrap(text.replaceAll(' ', '\u00a0'), width - 2)
  return `${first.replaceAll('\u00a0', ' ').trimEnd()} …`
}

/** Where there is too little room, what passed goes first, then the end. */
function fit(lines: readonly string[], room: number): string[] {
  if (lines.length <= room) return [...lines]
  const telling = lines.filter((line) => !line.trimStart().startsWith(marks.pass))
  if (telling.length <= room) return telling
  const more = telling.length - room + 1
  const rest = say(`… ${more} more lines; enlarge the window`, `……还有 ${more} 行，请放大窗口`)
  return [...telling.slice(0, room - 1), pc.dim(rest)]
}
