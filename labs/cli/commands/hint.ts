import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import pc from '../colors.ts'
import wrapAnsi from 'wrap-ansi'
import type { Lab } from '../../catalog/catalog.ts'
import { readHints } from '../../catalog/hints.ts'
import { currentLanguage, pick, say } from '../../language.ts'
import { stateFolder } from '../../session/folders.ts'
import { readProgress } from '../../session/progress.ts'
import { type Context, exitCode } from '../context.ts'
import { findTask } from '../find-lab.ts'

/** One hint more each time it is asked for, from a nudge to nearly the answer. */
export function hint({ out, options }: Context, lab: Lab, taskName?: string): number {
  const task = taskName ? findTask(lab, taskName) : firstOpen(lab)
  const hints = readHints(lab, currentLanguage())[task.id] ?? []
  const shown = Math.min(given(lab, task.id) + 1, hints.length)
  remember(lab, task.id, shown)
  if (options.json) {
    out.json({ lab: lab.slug, task: task.id, hints: hints.slice(0, shown), of: hints.length })
    return exitCode.pass
  }
  out.line(pc.bold(pick(task.title)))
  for (const [index, text] of hints.slice(0, shown).entries())
    out.line(
      `${pc.dim(`${index + 1}/${hints.length}`)} ${wrapAnsi(text, Math.min(out.columns, 100) - 4).replaceAll('\n', '\n    ')}`,
    )
  if (shown < hints.length)
    out.line(pc.dim(say('Ask again for the next one.', '再问一次，得到下一条。')))
  else
    out.line(
      pc.dim(
        `${say('That was the last. Our answer:', '这是最后一条。我们的答案：')} npm run lab ${lab.number} solution ${task.id}`,
      ),
    )
  return exitCode.pass
}

/** The task in hand: the first that has never passed. */
export function firstOpen(lab: Lab) {
  const passed = readProgress()[lab.slug] ?? {}
  return lab.tasks.find(({ id }) => !(id in passed)) ?? lab.tasks[0]!
}

const memory = () => join(stateFolder(), 'hints.json')

function readMemory(): Record<string, number> {
  try {
    return existsSync(memory())
      ? (JSON.parse(readFileSync(memory(), 'utf8')) as Record<string, number>)
      : {}
  } catch {
    return {}
  }
}

const given = (lab: Lab, task: string) => readMemory()[`${lab.slug}/${task}`] ?? 0

function remember(lab: Lab, task: string, count: number): void {
  mkdirSync(dirname(memory()), { recursive: true })
  writeFileSync(memory(), JSON.stringify({ ...readMemory(), [`${lab.slug}/${task}`]: count }))
}
