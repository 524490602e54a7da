import { setTimeout as pause } from 'node:timers/promises'
import type { Lab } from '../../catalog/catalog.ts'
import { say } from '../../language.ts'
import { EnvironmentError } from '../../runtime/environment-error.ts'
import { endLeftovers } from '../../session/leftovers.ts'
import { labFolders } from '../../session/folders.ts'
import { isProven, readRunning, release, type Running } from '../../session/running.ts'
import { attach } from '../attach.ts'
import { type Context, exitCode } from '../context.ts'

/** Ends the lab wherever it runs, or what a killed run has left of it. */
export async function down(
  { out, options, signal }: Context,
  lab: Lab,
  data: boolean,
): Promise<number> {
  const { running } = labFolders(lab)
  const other = readRunning(running)
  // The engine may be private to the other process, so its data goes before it does.
  if (data) await attach(lab)?.runtime.down({ data })
  if (other && other.pid !== process.pid) await end(other, lab.number, signal)
  release(running)
  await endLeftovers(lab, data)
  if (options.json) out.json({ lab: lab.slug, down: true, data })
  else out.line(say(`Lab ${lab.number} is down.`, `实验 ${lab.number} 已结束。`))
  return exitCode.pass
}

/** Asks the process that runs the lab to end it, and waits: at most half a minute. */
async function end(running: Running, lab: number, signal: AbortSignal): Promise<void> {
  if (!isProven(running)) return
  const deadline = performance.now() + 30_000
  try {
    process.kill(running.pid, 'SIGTERM')
  } catch (error) {
    // It was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
  while (isProven(running)) {
    if (performance.now() > deadline) throw stillRuns(running, lab)
    await pause(100, undefined, { signal })
  }
}

const stillRuns = ({ pid }: Running, lab: number) =>
  new EnvironmentError(
    say(
      `Process ${pid} runs lab ${lab} and does not end.`,
      `运行实验 ${lab} 的进程 ${pid} 没有结束。`,
    ),
    `kill -9 ${pid}; npm run lab ${lab} down`,
  )
