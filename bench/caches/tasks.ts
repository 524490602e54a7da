import { homes, slots } from './homes.ts'
import { churnTask, insertTask, mixedTask } from './in-process.ts'
import type { Contender } from './job.ts'

/** The peer against which the others are measured comes first in each. */
export const tasks = {
  homes,
  slots,
  mixed: mixedTask,
  insert: insertTask,
  churn: churnTask,
} satisfies Readonly<Record<string, Readonly<Record<string, Contender>>>>

export type Task = keyof typeof tasks
