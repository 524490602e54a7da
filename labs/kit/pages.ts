import { expect } from 'vitest'
import { say } from '../language.ts'
import type { LabRequest } from '../runtime/runtime.ts'
import type { LabHandle } from './lab.ts'
import { loadsIn } from './loads.ts'
import type { QuestionLog } from './questions.ts'

/** Which server a page is asked for at, by the page's place in the list. */
export type Where = (index: number) => string

/** Now at one of them, now at the next; `first` begins at another. */
export const inTurn =
  (servers: readonly string[], first = 0): Where =>
  (index) =>
    servers[(index + first) % servers.length]!

/** Asks web servers themselves, sixteen requests at a time; each must be answered well. */
export async function readPages(
  lab: Pick<LabHandle, 'send'>,
  pages: readonly (string | LabRequest)[],
  where: Where,
  timeoutMs = 20_000,
): Promise<void> {
  const requests = pages.map((page, index) => ({
    ...(typeof page === 'string' ? { path: page } : page),
    ...{ to: where(index), port: 3000, timeoutMs },
  }))
  const { withoutPage } = await lab.send(requests, { concurrency: 16, bodies: false })
  expect(withoutPage, say('pages without a good answer', '没有正常响应的页面')).toEqual([])
}

/** Those of these pages that were loaded from the database during `work`, as often as they were. */
export async function loadsDuring(
  lab: Pick<LabHandle, 'questions'>,
  log: QuestionLog,
  pages: readonly string[],
  work: () => Promise<unknown>,
): Promise<string[]> {
  const known = new Set(pages)
  return loadsIn(await lab.questions(log, work)).filter((path) => known.has(path))
}

/** Which servers keep which pages, and where the database writes down what it is asked. */
interface Kept {
  readonly log: QuestionLog
  readonly pages: readonly string[]
  readonly servers: readonly string[]
}

/** What one of these servers has read, the other finds: once all have been read, nothing is loaded. */
export async function areKept(
  lab: Pick<LabHandle, 'send' | 'questions'>,
  { log, pages, servers }: Kept,
): Promise<boolean> {
  const readAll = async () => {
    for (const turn of servers.keys()) await readPages(lab, pages, inTurn(servers, turn), 5000)
  }
  await readAll()
  return (await loadsDuring(lab, log, pages, readAll)).length === 0
}

/** Reads them until the database is asked for none. Where that does not come about, others judge it. */
export async function untilKept(
  lab: Pick<LabHandle, 'send' | 'questions'>,
  { log, pages, servers }: Kept,
  ms = 8000,
): Promise<boolean> {
  const until = performance.now() + ms
  for (let turn = 0; performance.now() < until; turn++) {
    const read = () => readPages(lab, pages, inTurn(servers, turn))
    if ((await loadsDuring(lab, log, pages, read)).length === 0) return true
  }
  return false
}
