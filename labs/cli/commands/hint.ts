import pc from '../colors.ts'
import type { Lab } from '../../catalog/catalog.ts'
import { pick, say } from '../../language.ts'
import { readProgress } from '../../session/progress.ts'
import { type Context, exitCode } from '../context.ts'
import { findTask } from '../find-lab.ts'
import { nextHints } from '../hints-given.ts'
import { wrap } from '../wrap.ts'

/** The next hint for a task, below those that were given already. */
export function hint({ out, options }: Context, lab: Lab, taskName?: string): number {
  const task = taskName ? findTask(lab, taskName) : firstOpen(lab)
  const { hints, of } = nextHints(lab, task.id)
  if (options.json) {
    out.json({ lab: lab.slug, task: task.id, hints, of })
    return exitCode.pass
  }
  out.line(pc.bold(pick(task.title)))
  for (const [index, text] of hints.entries())
    out.line(
      `${pc.dim(`${index + 1}/${of}`)} ${wrap(text, Math.min(out.columns, 100) - 4).join('\n    ')}`,
    )
  if (hints.length < of)
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
function firstOpen(lab: Lab) {
  const passed = readProgress()[lab.slug] ?? {}
  return lab.tasks.find(({ id }) => !(id in passed)) ?? lab.tasks[0]!
}
