import { afterEach, beforeEach, inject } from 'vitest'
import { say } from '../language.ts'
import { EnvironmentError } from '../runtime/environment-error.ts'
import { lab } from './lab.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** What the check did, as commands that the reader can repeat. */
    trace?: string[]
  }
}

beforeEach(() => lab.begin())

afterEach(async ({ task }) => {
  task.meta.trace = [...lab.trace]
  await lab.restore()
  if (task.result?.state !== 'fail') return
  const dead = await lab.casualties()
  if (dead.length === 0) return
  throw new EnvironmentError(
    say(`${dead.join(', ')} died while the check ran.`, `检查运行时 ${dead.join('、')} 退出了。`),
    `npm run lab ${inject('place').lab.number} logs ${dead[0]}`,
  )
})
