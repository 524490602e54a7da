import { createInterface } from 'node:readline/promises'
import { say } from '../language.ts'
import type { PlanStep } from '../runtime/docker/offline/plan.ts'
import type { Context } from './context.ts'

/** Says what is about to be unpacked and built; on a terminal it asks, elsewhere it goes ahead. */
export const askConsent =
  ({ out, options, signal }: Context) =>
  async (plan: readonly PlanStep[]): Promise<boolean> => {
    const todo = plan.filter((step) => !step.already)
    const sum = (of: (step: PlanStep) => number) =>
      todo.reduce((total, step) => total + of(step), 0)
    const [size, time] = [sum((step) => step.megabytes), sum((step) => step.seconds)]
    out.note(
      say(
        `This machine lacks what the lab needs. About to prepare it below .four-tiers/ (${size} MB, about ${time} s); nothing is installed on the system:`,
        `这台机器缺少实验所需的东西。将在 .four-tiers/ 下准备（${size} MB，约 ${time} 秒），不会往系统里安装任何东西：`,
      ),
    )
    for (const step of todo) out.note(`  - ${step.what} (${step.megabytes} MB, ${step.seconds} s)`)
    if (!out.isTerminal || options.yes || options.json) return true
    const dialogue = createInterface({ input: process.stdin, output: process.stderr })
    try {
      const answer = await dialogue.question(say('Go ahead? [Y/n] ', '开始吗？[Y/n] '), { signal })
      return !/^\s*n/i.test(answer)
    } finally {
      dialogue.close()
    }
  }
