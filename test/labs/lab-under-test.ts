import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Lab, readCatalog } from '../../labs/catalog/catalog.ts'
import { type Checker, createChecker } from '../../labs/checker/checker.ts'
import type { Verdict } from '../../labs/checker/verdict.ts'
import type { Applied } from '../../labs/runtime/runtime.ts'
import { labsFolder } from '../../labs/session/folders.ts'
import { tryPort } from '../../labs/session/ports.ts'
import { openSession, type Session } from '../../labs/session/session.ts'

export const labs = readCatalog(labsFolder)

export const labCalled = (slug: string): Lab => labs.find((lab) => lab.slug === slug)!

/** A lab on real servers whose reader is a test. */
export class LabUnderTest {
  readonly session: Session
  readonly #checker: Checker
  readonly #folder: string
  /** What it does now. A test that ran out of time leaves work behind, and nothing else may begin. */
  #busy: Promise<unknown> = Promise.resolve()

  private constructor(session: Session, checker: Checker, folder: string) {
    this.session = session
    this.#checker = checker
    this.#folder = folder
  }

  /**
   * `name` tells it from the same lab beside it, in another test file, too. Its front has a port that
   * nobody likes: while Compose makes it anew the port is free, and a neighbour would take it.
   */
  static async open(lab: Lab, name: string, signal?: AbortSignal): Promise<LabUnderTest> {
    const folder = mkdtempSync(join(tmpdir(), 'four-tiers-test-'))
    const folders = {
      work: join(folder, 'work'),
      live: join(folder, 'live'),
      running: join(folder, 'running.json'),
    }
    const session = await openSession({
      lab,
      folders,
      project: `four-tiers-test-${lab.number}-${name}`,
      port: await tryPort(0),
      report: () => undefined,
      consent: () => Promise.resolve(true),
      signal,
    }).catch((error: unknown) => {
      rmSync(folder, { recursive: true, force: true })
      throw error
    })
    return new LabUnderTest(session, createChecker(session.place), folder)
  }

  /** Puts a folder's files into the reader's, with some that differ, and applies them. */
  answer(folder: string, changed: ReadonlyMap<string, string> = new Map()): Promise<Applied> {
    return this.#inTurn(() => {
      const { work } = this.session.place
      rmSync(work, { recursive: true, force: true })
      cpSync(folder, work, { recursive: true })
      for (const [file, text] of changed) {
        mkdirSync(dirname(join(work, file)), { recursive: true })
        writeFileSync(join(work, file), text)
      }
      return this.session.runtime.apply()
    })
  }

  /** `signal`, of a test that has run out of time, ends it as `Checker.cancel` does. */
  check(
    tasks: readonly string[],
    { signal, ...wishes }: { readonly bail?: boolean; readonly signal?: AbortSignal } = {},
  ): Promise<Verdict[]> {
    const cancel = () => this.#checker.cancel()
    return this.#inTurn(() => {
      if (signal?.aborted) return Promise.resolve([])
      signal?.addEventListener('abort', cancel)
      return this.#checker
        .check(tasks, wishes)
        .finally(() => signal?.removeEventListener('abort', cancel))
    })
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#busy.then(work)
    this.#busy = done.catch(() => undefined)
    return done
  }

  async close(): Promise<void> {
    await this.#checker.close()
    await this.session.runtime.down({ data: true })
    await this.session.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

/** `{ balance: 'pass', … }`; what did not pass, with its reasons, when that is what one wants to see. */
export function outcomes(verdicts: readonly Verdict[]): Record<string, string> {
  return Object.fromEntries(verdicts.map(({ task, outcome }) => [task, outcome]))
}

/** For a failing test's message: what each check has said. */
export function reasons(verdicts: readonly Verdict[]): string {
  const told = verdicts.flatMap(({ task, tests }) =>
    tests
      .filter(({ outcome }) => outcome !== 'pass')
      .map(
        ({ title, message, observed }) => `${task}: ${title}: ${message ?? ''} ${observed ?? ''}`,
      ),
  )
  return told.join('\n')
}
