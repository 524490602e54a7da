import { setTimeout as pause } from 'node:timers/promises'
import type { Lab } from '../../catalog/catalog.ts'
import { say } from '../../language.ts'
import { endLeftovers } from '../../session/leftovers.ts'
import { labFolders } from '../../session/folders.ts'
import { readRunning, release } from '../../session/running.ts'
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
  if (other && other.pid !== process.pid) await end(other.pid, signal)
  release(running)
  await endLeftovers(lab, data)
  if (options.json) out.json({ lab: lab.slug, down: true, data })
  else out.line(say(`Lab ${lab.number} is down.`, `实验 ${lab.number} 已结束。`))
  return exitCode.pass
}

/** Asks the process that runs the lab to end it, and waits: at most half a minute. */
async function end(pid: number, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + 30_000
  try {
    process.kill(pid, 'SIGTERM')
    while (performance.now() < deadline) {
      process.kill(pid, 0)
      await pause(100, undefined, { signal })
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
