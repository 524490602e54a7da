import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import type { FromTypes, ToTypes } from '../../../../.vitepress/theme/playground/types/messages.ts'
import {
  type TypesWorker,
  useTypes,
} from '../../../../.vitepress/theme/playground/types/use-types.ts'

class FakeWorker implements TypesWorker {
  onmessage: ((event: MessageEvent<FromTypes>) => void) | null = null
  onerror: ((event: never) => void) | null = null
  readonly asked: ToTypes[] = []
  isOver = false
  postMessage = (message: ToTypes) => void this.asked.push(message)
  terminate = () => void (this.isOver = true)
  answers(number: number, line: number): void {
    const data = { number, problems: [{ line, message: 'wrong' }] }
    this.onmessage?.(new MessageEvent('message', { data }))
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function opened() {
  const text = ref('one')
  const workers: FakeWorker[] = []
  const start = () => {
    workers.push(new FakeWorker())
    return workers.at(-1)!
  }
  const scope = effectScope()
  const types = scope.run(() => useTypes(text, { file: 'a.ts', language: 'zh', start }))!
  return { text, workers, scope, types }
}

test('nothing is fetched until it is asked for', async () => {
  const { text, workers, types } = opened()
  text.value = 'two'
  await nextTick()
  vi.runAllTimers()
  expect([workers.length, types.state.value]).toEqual([0, 'off'])
})

test('asked once, it checks what stands there, and every change after a silence', async () => {
  const { text, workers, types } = opened()
  types.ask()
  types.ask()
  const [worker] = workers
  expect(workers).toHaveLength(1)
  worker!.answers(1, 7)
  expect([types.state.value, types.problems.value[0]?.line]).toEqual(['on', 7])
  for (const next of ['two', 'three']) {
    text.value = next
    await nextTick()
  }
  vi.runAllTimers()
  expect(worker!.asked).toEqual([
    { kind: 'begin', file: 'a.ts', language: 'zh' },
    { kind: 'check', number: 1, text: 'one' },
    { kind: 'check', number: 2, text: 'three' },
  ])
})

test('an answer to an older text is not shown', async () => {
  const { text, workers, types } = opened()
  types.ask()
  text.value = 'two'
  await nextTick()
  vi.runAllTimers()
  workers[0]!.answers(1, 7)
  expect([types.state.value, types.problems.value]).toEqual(['asked', []])
})

test('what cannot be loaded says so, and can be asked for again', () => {
  const { workers, types } = opened()
  types.ask()
  workers[0]!.onerror?.(undefined as never)
  expect([types.state.value, workers[0]!.isOver]).toEqual(['failed', true])
  types.ask()
  expect([types.state.value, workers.length]).toEqual(['asked', 2])
})

test('it ends with its page', () => {
  const { workers, types, scope } = opened()
  types.ask()
  scope.stop()
  expect(workers[0]!.isOver).toBe(true)
})
