/// <reference lib="webworker" />
import './vitest-state.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from '@vitest/runner'
import { expect, vi } from 'vitest'
import { plain, reportOf, type Thrown } from '../../../../labs/vitest-worker/report.ts'
import { runFile } from '../../../../labs/vitest-worker/run-file.ts'
import type { FromWorker, Task, ToWorker } from './messages.ts'
import { Modules } from './modules.ts'

// Judges one answer, and is then thrown away: nothing that the reader's code did can linger.
const checks = 'checks.test.ts'
/** Milliseconds; every check runs on a clock of its own, so more is waiting for nothing. */
const patience = 1000
let tell: (message: FromWorker) => void
const uncaught: Thrown[] = []
let task: Task
let modules: Modules

self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault()
  uncaught.push(plain(event.reason as Error))
})
self.addEventListener('message', ({ ports: [port] }) => listen(port!), { once: true })

/** The page hears this port alone; the reader's code cannot name it, nor change what speaks by it. */
function listen(port: MessagePort): void {
  tell = port.postMessage.bind(port)
  port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.kind === 'prepare') prepare(data.task)
    else void judge(data.answer)
  }
}

/** The policy here knows no `eval`: a script of its own, which leaves its value under a name. */
function runScript(text: string): unknown {
  const url = URL.createObjectURL(new Blob([`self.scriptValue = ${text}`]))
  importScripts(url)
  URL.revokeObjectURL(url)
  return (self as unknown as { scriptValue: unknown }).scriptValue
}

/** Everything that can be done before the reader has stopped typing. */
function prepare(given: Task): void {
  task = given
  const say = (en: string, zh: string) => (task.language === 'zh' ? zh : en)
  const vitest = { test, it, describe, beforeAll, beforeEach, afterAll, afterEach, expect, vi }
  modules = new Modules({ vitest, '../say.ts': { say } }, runScript)
  for (const [name, source] of Object.entries(task.sources)) modules.add(name, source)
}

async function judge(answer: string): Promise<void> {
  tell({ kind: 'begin' })
  try {
    modules.add('starter.ts', answer, task.file)
  } catch (error) {
    return tell({ kind: 'done', reports: [], errors: [plain(error as Error)] })
  }
  const { tests, errors } = await runFile(checks, {
    patience,
    importFile: (file) => void modules.load(file.replace(/^\//, '')),
    onBeforeRunTask: ({ name }) => tell({ kind: 'begin', title: name }),
  })
  await new Promise((done) => setTimeout(done)) // a rejection is told in a task of its own
  tell({ kind: 'done', reports: tests.map(reportOf), errors: [...errors, ...uncaught] })
}
