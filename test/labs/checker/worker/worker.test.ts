import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterAll, expect, test } from 'vitest'
import type { FromWorker, ToWorker } from '../../../../labs/checker/worker/messages.ts'

const start = new URL('../../../../labs/checker/worker/start.mjs', import.meta.url)
const worker = new Worker(start, { workerData: { place: { lab: { slug: 'tea' } } } })
afterAll(() => worker.terminate())

const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))
let runs = 0

/** All that the worker tells of a file, `done` last. */
function tell(file: string, bail = false): Promise<FromWorker[]> {
  const told: FromWorker[] = []
  const id = ++runs
  const run: ToWorker = { kind: 'run', id, file: pathOf(file), setup: pathOf('setup.ts'), bail }
  return new Promise((resolve) => {
    const listen = (message: FromWorker) => {
      told.push(message)
      if (message.kind !== 'done') return
      worker.off('message', listen)
      resolve(told)
    }
    worker.on('message', listen)
    worker.postMessage(run)
  })
}

const sentences = [
  { title: 'one holds', state: 'pass', errors: [], trace: ['curl http://tea/'] },
  {
    title: 'one does not',
    state: 'fail',
    errors: [
      {
        name: 'AssertionError',
        expected: expect.stringContaining('coffee'),
        actual: expect.stringContaining('tea'),
      },
    ],
  },
]

test('the worker tells each sentence when it ends, and all of them at the end', async () => {
  const told = await tell('sentences.ts')
  const tests = [...sentences, { title: 'one comes after it', state: 'pass' }]
  expect(told).toMatchObject([
    ...tests.map((test) => ({ kind: 'test', test })),
    { kind: 'done', tests, errors: [] },
  ])
})

test('the worker stays warm, and runs the same file anew', async () => {
  expect((await tell('sentences.ts')).at(-1)).toMatchObject({ kind: 'done', id: runs, errors: [] })
})

test('told to bail, it ends the file after the first sentence that does not hold', async () => {
  const skipped = { title: 'one comes after it', state: 'skip' }
  expect((await tell('sentences.ts', true)).at(-1)).toMatchObject({
    tests: [...sentences, skipped],
  })
})

test('a file that does not load is an error outside any sentence', async () => {
  expect((await tell('nowhere.ts')).at(-1)).toMatchObject({
    tests: [],
    errors: [{ message: expect.stringContaining('nowhere.ts') }],
  })
})
