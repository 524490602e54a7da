import { setTimeout as pause } from 'node:timers/promises'
import type { Lab } from '../../catalog/catalog.ts'
import { say } from '../../language.ts'
import { EnvironmentError } from '../../runtime/environment-error.ts'
import { endLeftovers } from '../../session/leftovers.ts'
import { labFolders } from '../../session/folders.ts'
import { claim, isProven, type Other, readRunning, type Running } from '../../session/running.ts'
import { forgetGoodFiles } from '../../session/work-folder.ts'
import { type Context, exitCode } from '../context.ts'

/** Ends the lab wherever it runs, or what a killed run has left of it. */
export async function down(
  { out, options, signal }: Context,
  lab: Lab,
  data: boolean,
): Promise<number> {
  const folders = labFolders(lab)
  const other = readRunning(folders.running)
  if (other) await end(other, lab.number, signal)
  // Nobody else starts it meanwhile, and the record of who does is not ours to remove.
  const claimed = await claim(folders.running)
  if ('other' in claimed) throw stillRuns(lab.number, claimed.other)
  try {
    await endLeftovers(lab, data)
    if (data) forgetGoodFiles(folders)
  } finally {
    claimed.release()
  }
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
    if (performance.now() > deadline) throw stillRuns(lab, running)
    await pause(100, undefined, { signal })
  }
}

const stillRuns = (lab: number, { pid }: Other) =>
  new EnvironmentError(
    say(
      `${pid ? `Process ${pid}` : 'Another process'} runs lab ${lab} and does not end.`,
      `运行实验 ${lab} 的${pid ? `进程 ${pid}` : '另一个进程'}没有结束。`,
    ),
    pid
      ? `kill -9 ${pid}; npm run lab ${lab} down`
      : say('press Ctrl-C where it runs', '到它所在的终端里按 Ctrl-C'),
  )
