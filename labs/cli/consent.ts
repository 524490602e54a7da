import { createInterface } from 'node:readline/promises'
import { say } from '../language.ts'
import type { PlanStep } from '../runtime/docker/offline/plan.ts'
import type { Context } from './context.ts'

/** Says what is about to be unpacked and built; on a terminal it asks, elsewhere it goes ahead. */
export const askConsent =
  (context: Context) =>
  async (plan: readonly PlanStep[]): Promise<boolean> => {
    const { out, options } = context
    for (const line of planLines(plan)) out.note(line)
    if (!out.isTerminal || options.yes || options.json) return true
    return !(await answers(context, say('Go ahead? [Y/n] ', '开始吗？[Y/n] '), /^\s*n/i))
  }

/** Whether the reader's answer is like `pattern`. */
export async function answers(
  { signal }: Context,
  question: string,
  pattern: RegExp,
): Promise<boolean> {
  const dialogue = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return pattern.test(await dialogue.question(question, { signal }))
  } finally {
    dialogue.close()
  }
}

/** What there is to do, with its size, and its time on a quick machine and on a slow one. */
export function planLines(plan: readonly PlanStep[]): string[] {
  const todo = plan.filter((step) => !step.already)
  const sum = (of: (step: PlanStep) => number) => todo.reduce((total, step) => total + of(step), 0)
  const [size, time] = [sum((step) => step.megabytes), range(sum((step) => step.seconds))]
  return [
    say(
      `This machine lacks what the lab needs. About to prepare it below .four-tiers/ (${size} MB, ${time} s); nothing is installed on the system:`,
      `这台机器缺少实验所需的东西。将在 .four-tiers/ 下准备（${size} MB，${time} 秒），不会往系统里安装任何东西：`,
    ),
    ...todo.map(({ what, megabytes, seconds }) =>
      say(
        `  - ${what} (${megabytes} MB, ${range(seconds)} s)`,
        `  - ${what}（${megabytes} MB，${range(seconds)} 秒）`,
      ),
    ),
  ]
}

/** A plan's seconds are those of two quiet cores; a slow machine has taken 2.2 times as long. */
const slowest = 2.5
const range = (seconds: number) => `${seconds}–${Math.ceil(seconds * slowest)}`
