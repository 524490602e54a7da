/// <reference lib="webworker" />
import './vitest-state.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from '@vitest/runner'
import { startTests } from '@vitest/runner'
import { expect, vi } from 'vitest'
import type { FromWorker, Task, Thrown, ToWorker } from './messages.ts'
import { Modules } from './modules.ts'
import { createRunner, plain, reportsOf } from './runner.ts'

// Judges one answer, and is then thrown away: nothing that the reader's code did can linger.
const checks = 'checks.test.ts'
const tell = (message: FromWorker) => self.postMessage(message)
const uncaught: Thrown[] = []
let task: Task
let modules: Modules

self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault()
  uncaught.push(plain(event.reason as Error))
})
self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'prepare') prepare(data.task)
  else void judge(data.answer)
})

/** Everything that can be done before the reader has stopped typing. */
function prepare(given: Task): void {
  task = given
  const say = (en: string, zh: string) => (task.language === 'zh' ? zh : en)
  const vitest = { test, it, describe, beforeAll, beforeEach, afterAll, afterEach, expect, vi }
  modules = new Modules({ vitest, '../say.ts': { say } })
  for (const [name, source] of Object.entries(task.sources)) modules.add(name, source)
}

async function judge(answer: string): Promise<void> {
  tell({ kind: 'begin' })
  try {
    modules.add('starter.ts', answer, task.file)
    const runner = createRunner({
      load: (file) => void modules.load(file.replace(/^\//, '')),
      onBegin: (title) => tell({ kind: 'begin', title }),
    })
    const files = await startTests([checks], runner)
    await new Promise((done) => setTimeout(done)) // a rejection is told in a task of its own
    const errors = files.flatMap((file) => file.result?.errors ?? []).map(plain)
    tell({ kind: 'done', reports: files.flatMap(reportsOf), errors: [...errors, ...uncaught] })
  } catch (error) {
    tell({ kind: 'done', reports: [], errors: [plain(error as Error)] })
  }
}
