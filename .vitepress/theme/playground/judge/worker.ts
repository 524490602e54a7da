/// <reference lib="webworker" />
import './vitest-state.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } from '@vitest/runner'
import { expect, vi } from 'vitest'
import { plain, reportOf, type Thrown } from '../../../../labs/vitest-worker/report.ts'
import { runFile } from '../../../../labs/vitest-worker/run-file.ts'
import { Logbook } from './logbook.ts'
import type { FromWorker, Task, ToWorker } from './messages.ts'
import { Modules } from './modules.ts'
import { printed } from './printed.ts'
import { wantedExports } from './wanted-exports.ts'

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

/** What the reader's code says goes to the page, as long as there is room for it. */
function listenToConsole(): void {
  const book = new Logbook()
  const say = (...values: readonly unknown[]) => {
    if (book.isFull) return
    const text = printed(values)
    book.add(text)
    tell({ kind: 'log', text }) // the first that finds no room, too: the page shall know
  }
  Object.assign(console, { log: say, info: say, debug: say, warn: say, error: say })
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
    listenToConsole()
    const wanted = Object.values(task.sources).flatMap(wantedExports)
    const found = modules.load('starter.ts') as Readonly<Record<string, unknown>>
    const names = wanted.filter((name) => !Object.hasOwn(found, name))
    if (names.length > 0) return tell({ kind: 'missing', names, found: Object.keys(found) })
  } catch (error) {
    const thrown = error ?? new Error(`${error} was thrown`)
    return tell({ kind: 'done', reports: [], errors: [plain(thrown)] })
  }
  const { tests, errors } = await runFile(checks, {
    patience,
    importFile: (file) => void modules.load(file.replace(/^\//, '')),
    onBeforeRunTask: ({ name }) => tell({ kind: 'begin', title: name }),
  })
  await new Promise((done) => setTimeout(done)) // a rejection is told in a task of its own
  tell({ kind: 'done', reports: tests.map(reportOf), errors: [...errors, ...uncaught] })
}
