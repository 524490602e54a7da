import { once } from 'node:events'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { inCalm, type Machine } from '../../../labs/checker/in-calm.ts'
import type { Verdict } from '../../../labs/checker/verdict.ts'
import { projectFolder } from '../../../labs/session/folders.ts'
import type { Judge, Outcome } from '../judge.ts'
import type { Caught } from './worker.ts'

/**
 * Judges answers to an exercise in a thread: each takes the starter's place in a folder of its own.
 * `patience`: milliseconds for a whole answer. More is a loop without an end, and that is a failure.
 */
export async function judgeOfExercise(
  slug: string,
  { patience = 10_000, machine }: { readonly patience?: number; readonly machine?: Machine } = {},
): Promise<Judge> {
  const folder = await mkdtemp(join(tmpdir(), 'mutants-'))
  const exercises = join(projectFolder, 'exercises')
  await symlink(join(projectFolder, 'node_modules'), join(folder, 'node_modules'))
  await cp(join(exercises, 'say.ts'), join(folder, 'say.ts'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  let worker: Worker | undefined
  let count = 0

  async function judge(code: string): Promise<Outcome> {
    // The check of a right answer can be late, too, while others have the processors.
    const verdict = await inCalm(
      async () => verdictOf(await answer(code)),
      () => false,
      machine,
    )
    const [first] = verdict.tests
    if (verdict.outcome === 'error') throw new Error(first?.message)
    if (!first) return { outcome: 'survived' }
    return { outcome: 'caught', by: 'checks', sentence: first.title }
  }

  async function answer(code: string): Promise<Caught> {
    const own = join(folder, String(++count))
    await mkdir(own)
    await cp(join(exercises, slug), own, { recursive: true })
    await writeFile(join(own, 'starter.ts'), code)
    worker ??= await begin()
    const caught = await answerOf(worker, join(own, 'checks.test.ts'), patience)
    if (caught === endless) {
      await worker.terminate()
      worker = undefined
    }
    await rm(own, { recursive: true })
    return caught
  }

  return {
    judge: ({ text }) => judge(text),
    async close() {
      await worker?.terminate()
      await rm(folder, { recursive: true })
    },
  }
}

const verdictOf = (caught: Caught): Verdict => ({
  ...{ task: 'checks', ms: 0, outcome: caught === undefined ? 'pass' : 'fail' },
  tests: caught === undefined ? [] : [{ title: caught, outcome: 'fail', trace: [] }],
})

const endless = 'it never ends'

/** A thread that has loaded all that it needs: on a busy machine that takes seconds, and none of an answer's. */
async function begin(): Promise<Worker> {
  const worker = new Worker(new URL('./worker.mjs', import.meta.url))
  await once(worker, 'message')
  return worker
}

const answerOf = (worker: Worker, file: string, patience: number) =>
  new Promise<Caught>((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      worker.off('message', onMessage).off('error', onError)
    }
    const onMessage = (caught: Caught) => (end(), resolve(caught))
    const onError = (error: Error) => (end(), reject(error))
    const timer = setTimeout(() => onMessage(endless), patience)
    worker.on('message', onMessage).on('error', onError)
    worker.postMessage(file)
  })
