import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SealedWorker } from '../../../../.vitepress/theme/playground/judge/sealed-worker.ts'
import type { FromWorker } from '../../../../.vitepress/theme/playground/judge/messages.ts'

const workers = vi.hoisted((): SealedWorker[] => [])
vi.mock('../../../../.vitepress/theme/playground/judge/worker.ts?one-script', () => ({
  default: '',
}))
vi.mock('../../../../.vitepress/theme/playground/judge/sealed-worker.ts', () => ({
  startSealed(): SealedWorker {
    const worker = { onmessage: null, onerror: null, postMessage: vi.fn(), terminate: vi.fn() }
    workers.push(worker)
    return worker
  },
}))
const { createJudge } =
  await import('../../../../.vitepress/theme/playground/judge/judge-answer.ts')

beforeEach(() => {
  vi.useFakeTimers()
  workers.length = 0
})
afterEach(() => void vi.useRealTimers())

const open = () => createJudge({ language: 'en', file: 'picker.ts', sources: {} })
const says = (worker: SealedWorker, data: FromWorker) =>
  worker.onmessage?.({ data } as MessageEvent<FromWorker>)

test('a worker that the browser refuses without a word is refused, and not “undefined”', async () => {
  const judge = open()
  workers[0]!.onerror?.({ message: '' }) // before there is an answer to judge
  expect(await judge.judge('').verdict).toEqual({
    outcome: 'error',
    problem: { kind: 'no-worker', reason: '' },
  })
})

test('what the browser says against the worker is told', async () => {
  const judge = open()
  const { verdict } = judge.judge('')
  workers[0]!.onerror?.({ message: 'blocked' })
  expect(await verdict).toMatchObject({ problem: { kind: 'no-worker', reason: 'blocked' } })
})

test('a worker that never begins is given up', async () => {
  const { verdict } = open().judge('')
  await vi.advanceTimersByTimeAsync(20_000)
  expect(await verdict).toMatchObject({ problem: { kind: 'no-worker' } })
  expect(workers[0]!.terminate).toHaveBeenCalled()
})

test('what is thrown once the answer runs is the answer’s, not the browser’s', async () => {
  const { verdict } = open().judge('')
  says(workers[0]!, { kind: 'begin' })
  workers[0]!.onerror?.({ message: 'Uncaught Error: mine' })
  expect(await verdict).toMatchObject({
    problem: { kind: 'thrown', message: 'Uncaught Error: mine' },
  })
})

test('an answer that has begun has eight seconds, and then its check is named', async () => {
  const { verdict } = open().judge('while (true) {}')
  await vi.advanceTimersByTimeAsync(15_000) // a slow start is not counted
  says(workers[0]!, { kind: 'begin', title: 'takes turns' })
  await vi.advanceTimersByTimeAsync(8_000)
  expect(await verdict).toMatchObject({
    problem: { kind: 'endless', during: 'takes turns', lines: [1] },
  })
})

test('what the code says is told with the verdict, by the check that ran, and no more than fits', async () => {
  const { verdict } = open().judge('')
  const [worker] = workers
  says(worker!, { kind: 'begin', title: 'takes turns' })
  for (let line = 0; line < 1_000; line++) says(worker!, { kind: 'log', text: `${line}` })
  says(worker!, { kind: 'log', text: { toString: () => 'no text' } as never })
  says(worker!, { kind: 'done', reports: [], errors: [] })
  const { log } = await verdict
  expect(log!.lines).toHaveLength(100)
  expect(log!.lines[0]).toEqual({ text: '0', during: 'takes turns' })
  expect(log!.isCut).toBe(true)
})

test('what was said before a loop without an end is told all the same', async () => {
  const { verdict } = open().judge('while (true) {}')
  says(workers[0]!, { kind: 'begin' })
  says(workers[0]!, { kind: 'log', text: 'here' })
  await vi.advanceTimersByTimeAsync(8_000)
  expect(await verdict).toMatchObject({ outcome: 'error', log: { lines: [{ text: 'here' }] } })
})

test('an export that is missing is named, and so is what is there, in bounds', async () => {
  const { verdict } = open().judge('')
  const found = Array.from({ length: 50 }, (_, place) => `${place}`.repeat(100))
  says(workers[0]!, { kind: 'missing', names: ['createPicker'], found })
  const result = await verdict
  expect(result).toMatchObject({ problem: { kind: 'missing-export', names: ['createPicker'] } })
  const told = result.outcome === 'error' && result.problem.kind === 'missing-export'
  expect(told && JSON.stringify(result.problem.found).length).toBeLessThan(1_000)
})
