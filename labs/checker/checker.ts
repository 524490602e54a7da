import { join } from 'node:path'
import { createVitest, type TestModule, type Vitest } from 'vitest/node'
import type { Lab } from '../catalog/catalog.ts'
import type { Place } from '../runtime/docker/place.ts'
import { judgeModule } from './judge.ts'
import type { Verdict } from './verdict.ts'

/** A warm vitest that runs a lab's checks, task by task. */
export interface Checker {
  /** In the given order; each verdict is reported as soon as it is known. */
  check(tasks: readonly string[], report?: (verdict: Verdict) => void): Promise<Verdict[]>
  /** Ends the run under way after its current test. */
  cancel(): Promise<void>
  close(): Promise<void>
}

/** Milliseconds; a check bounds its own requests, so this ends only a check that hangs. */
const patience = 60_000

export async function createChecker(place: Place): Promise<Checker> {
  const finished = new Map<string, TestModule>()
  const vitest = await createVitest(
    'test',
    {
      config: false,
      watch: false,
      root: join(place.lab.folder, '../..'),
      include: [],
      pool: 'threads',
      isolate: false,
      fileParallelism: false,
      maxWorkers: 1,
      testTimeout: patience,
      hookTimeout: patience,
      setupFiles: [join(place.lab.folder, '../kit/setup.ts')],
      reporters: [{ onTestModuleEnd: (module) => void finished.set(module.moduleId, module) }],
      provide: { place },
    },
    { logLevel: 'silent' },
  )
  return {
    async check(tasks, report) {
      const verdicts: Verdict[] = []
      for (const task of tasks) {
        const verdict = await checkOne(vitest, finished, place.lab, task)
        verdicts.push(verdict)
        report?.(verdict)
      }
      return verdicts
    },
    cancel: () => vitest.cancelCurrentRun('keyboard-input'),
    close: () => vitest.close(),
  }
}

async function checkOne(
  vitest: Vitest,
  finished: Map<string, TestModule>,
  lab: Lab,
  task: string,
): Promise<Verdict> {
  // vitest names modules with forward slashes on every platform.
  const file = join(lab.folder, 'checks', `${task}.test.ts`).replaceAll('\\', '/')
  finished.delete(file)
  const specification = vitest.getRootProject().createSpecification(file)
  await vitest.runTestSpecifications([specification])
  const module = finished.get(file)
  if (!module) throw new Error(`${file} did not run`)
  return judgeModule(module, task)
}
