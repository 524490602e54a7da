import type { Lab } from '../catalog/catalog.ts'
import type { Task } from '../catalog/definition.ts'
import { pick, say } from '../language.ts'
import { UsageError } from './arguments.ts'

/** By number (`1`, `01`) or by slug. */
export function findLab(labs: readonly Lab[], name: string): Lab {
  const found = labs.find(
    (lab) => lab.slug === name || (/^\d+$/.test(name) && lab.number === Number(name)),
  )
  if (found) return found
  const list = labs.map((lab) => `${lab.number} ${lab.slug}`).join(', ')
  throw new UsageError(
    say(`There is no lab "${name}". There are: ${list}`, `没有实验 “${name}”。可用的有：${list}`),
    'npm run lab',
  )
}

/** By id, or by its number in the lab. */
export function findTask(lab: Lab, name: string): Task {
  const found = lab.tasks.find((task, index) => task.id === name || String(index + 1) === name)
  if (found) return found
  const list = lab.tasks.map((task, index) => `${index + 1} ${task.id}`).join(', ')
  throw new UsageError(
    say(
      `Lab ${lab.number} has no task "${name}". It has: ${list}`,
      `实验 ${lab.number} 没有任务 “${name}”。它有：${list}`,
    ),
    `npm run lab ${lab.number} -- --check ${lab.tasks[0]?.id}`,
  )
}

/** The server that was asked for, or what there is. */
export function findServer(lab: Lab, known: readonly string[], name: string): string {
  if (known.includes(name)) return name
  throw new UsageError(
    say(
      `Lab ${lab.number} runs no server "${name}". It runs: ${known.join(', ')}`,
      `实验 ${lab.number} 没有服务器 “${name}”。正在运行的有：${known.join('、')}`,
    ),
    `npm run lab ${lab.number} logs`,
  )
}

export const labTitle = (lab: Lab) => `${lab.number} · ${pick(lab.title)}`
