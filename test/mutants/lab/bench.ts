import { join } from 'node:path'
import type { Lab } from '../../../labs/catalog/catalog.ts'
import type { Verdict } from '../../../labs/checker/verdict.ts'
import { chooseEngine } from '../../../labs/runtime/docker/engine.ts'
import { showProgress } from '../../../labs/runtime/docker/offline/show-progress.ts'
import type { Applied } from '../../../labs/runtime/runtime.ts'
import { cacheFolder } from '../../../labs/session/folders.ts'
import { LabUnderTest } from '../../labs/lab-under-test.ts'
import type { Judge } from '../judge.ts'
import { judgeOnBench } from './judge.ts'

/** A lab's servers, as its judge needs them. */
export interface Bench {
  /** The solution, but for these files. */
  apply(changed: ReadonlyMap<string, string>): Promise<Applied>
  /** Ends at the first sentence that does not hold. */
  check(task: string): Promise<Verdict>
  close(): Promise<void>
}

/** Judges answers to a lab on real servers. Ctrl-C leaves none behind, nor the engine. */
export async function judgeOfLab(lab: Lab, signal: AbortSignal): Promise<Judge> {
  const progress = showProgress(process.stderr)
  const engine = await chooseEngine({
    cache: cacheFolder(),
    images: lab.images,
    report: (step, how) => progress.show({ step, ...how }),
    consent: () => Promise.resolve(true),
    signal,
  }).finally(progress.end)
  const judge = judgeOnBench({ open: () => benchOf(lab, signal), tasks: lab.tasks, signal })
  return {
    judge: (answer) => judge.judge(answer),
    async close() {
      try {
        await judge.close()
      } finally {
        await engine.release()
      }
    },
  }
}

async function benchOf(lab: Lab, signal: AbortSignal): Promise<Bench> {
  const under = await LabUnderTest.open(lab, 'mutants', signal)
  return {
    apply: (changed) => under.answer(join(lab.folder, 'solution'), changed),
    async check(task) {
      const [verdict] = await under.check([task], { bail: true, signal })
      signal.throwIfAborted()
      return verdict!
    },
    close: () => under.close(),
  }
}
