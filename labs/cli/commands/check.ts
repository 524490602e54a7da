import type { Lab } from '../../catalog/catalog.ts'
import { createChecker } from '../../checker/checker.ts'
import type { Verdict } from '../../checker/verdict.ts'
import { say } from '../../language.ts'
import type { Place } from '../../runtime/docker/place.ts'
import type { Applied } from '../../runtime/runtime.ts'
import { recordPass } from '../../session/progress.ts'
import { attach, open, takingTurns } from '../attach.ts'
import { type Context, exitCode } from '../context.ts'
import { findTask } from '../find-lab.ts'
import { brokenIn } from '../broken.ts'
import { problemLines, verdictLines } from '../report.ts'

/** Checks once: on the lab that runs already, or on one started for this and ended after it. */
export async function check(context: Context, lab: Lab, taskName?: string): Promise<number> {
  const { out, options } = context
  const tasks = taskName ? [findTask(lab, taskName).id] : lab.tasks.map(({ id }) => id)
  const running = attach(lab)
  const session = running ? undefined : await open(context, lab)
  const { runtime, place } = running ?? session!
  try {
    return await takingTurns(context, place, async () => {
      if (running) await brokenIn(place, runtime).mendAll()
      const applied = await runtime.apply()
      if (applied.outcome === 'broken') return reportBroken(context, lab, applied)
      const verdicts = await checkAll(context, place, tasks)
      if (options.json) out.json({ lab: lab.slug, ...summary(verdicts), verdicts })
      else out.line(`\n${sentence(verdicts)}`)
      return summary(verdicts).exitCode
    })
  } finally {
    await session?.close()
  }
}

async function checkAll(context: Context, place: Place, tasks: readonly string[]) {
  const checker = createChecker(place)
  try {
    context.signal.addEventListener('abort', () => checker.cancel(), { once: true })
    const onVerdict = (verdict: Verdict) => report(context, place.lab, verdict)
    return await checker.check(tasks, { onVerdict })
  } finally {
    await checker.close()
  }
}

function report({ out, options, now, signal }: Context, lab: Lab, verdict: Verdict): void {
  signal.throwIfAborted()
  if (verdict.outcome === 'pass') recordPass(lab.slug, verdict.task, now())
  if (!options.json) for (const line of verdictLines(lab, verdict, out.columns)) out.line(line)
}

function reportBroken(
  { out, options }: Context,
  lab: Lab,
  applied: Applied & { outcome: 'broken' },
) {
  if (options.json)
    out.json({
      lab: lab.slug,
      outcome: 'fail',
      exitCode: exitCode.fail,
      problems: applied.problems,
    })
  else for (const line of problemLines(applied.problems, out.columns)) out.line(line)
  return exitCode.fail
}

function summary(verdicts: readonly Verdict[]) {
  const outcome = verdicts.some((one) => one.outcome === 'error')
    ? 'error'
    : verdicts.every((one) => one.outcome === 'pass')
      ? 'pass'
      : 'fail'
  const code = { pass: exitCode.pass, fail: exitCode.fail, error: exitCode.environment }[outcome]
  return { outcome, exitCode: code }
}

function sentence(verdicts: readonly Verdict[]): string {
  const passed = verdicts.filter((one) => one.outcome === 'pass').length
  return say(
    `${passed} of ${verdicts.length} tasks pass.`,
    `${verdicts.length} 个任务，通过 ${passed} 个。`,
  )
}
