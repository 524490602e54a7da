import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'

/** Seconds after which each ends by itself, even if this process has been killed. The longest takes 200. */
const atMost = 900

/**
 * So many programs for each processor that do nothing but keep it busy, while the work is done. Each
 * has a session of its own: Linux may share its time among those first.
 */
export async function besideBusyPrograms<Result>(
  forEachProcessor: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const busy = ['sh', '-c', 'while :; do :; done']
  const programs = Array.from({ length: forEachProcessor * availableParallelism() }, () =>
    spawn('timeout', [String(atMost), ...busy], { stdio: 'ignore', detached: true }),
  )
  try {
    return await work()
  } finally {
    await Promise.all(programs.map(end))
  }
}

/** timeout(1) hands the signal on. */
async function end(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null || !program.kill()) return
  await once(program, 'exit')
}
