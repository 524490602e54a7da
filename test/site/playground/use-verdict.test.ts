import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, ref } from 'vue'
import type { Verdict } from '../../../.vitepress/theme/playground/judge/verdict.ts'
import { SILENCE_MS, useVerdict } from '../../../.vitepress/theme/playground/use-verdict.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const pass: Verdict = { outcome: 'pass', checks: [] }

/** A judge who decides when the test says so. */
function setUp() {
  const decide = new Map<string, (verdict: Verdict) => void>()
  const cancelled: string[] = []
  const judge = {
    judge: (answer: string) => ({
      verdict: new Promise<Verdict>((resolve) => decide.set(answer, resolve)),
      cancel: () => cancelled.push(answer),
    }),
  }
  const onPass = vi.fn()
  const text = ref('right')
  const scope = effectScope()
  const mine = scope.run(() => useVerdict(judge, text, onPass))!
  const write = (next: string) => {
    text.value = next
    mine.judgeSoon(SILENCE_MS)
    vi.advanceTimersByTime(SILENCE_MS)
  }
  return { ...mine, scope, onPass, cancelled, write, text, decide }
}

test('a verdict is of the past as soon as the text is another, not when the next verdict comes', async () => {
  const { write, decide, verdict, isPast, isJudging } = setUp()
  write('right')
  decide.get('right')!(pass)
  await vi.waitFor(() => expect(verdict.value).toEqual(pass))
  expect([isPast.value, isJudging.value]).toEqual([false, false])

  write('while (true) {}')
  expect([isPast.value, isJudging.value]).toEqual([true, true])
  decide.get('while (true) {}')!({ outcome: 'error', problem: { kind: 'no-checks' } })
  await vi.waitFor(() => expect(isPast.value).toBe(false))
  expect(verdict.value?.outcome).toBe('error')
})

test('who takes the change back has the verdict back', async () => {
  const { write, decide, text, verdict, isPast } = setUp()
  write('right')
  decide.get('right')!(pass)
  await vi.waitFor(() => expect(verdict.value).toBeDefined())
  text.value = 'wrong'
  expect(isPast.value).toBe(true)
  text.value = 'right'
  expect(isPast.value).toBe(false)
})

test('without a verdict nothing is of the past', () => {
  const { write, isPast } = setUp()
  write('anything')
  expect(isPast.value).toBe(false)
})

test('the verdict of a text that was given up never comes', async () => {
  const { write, decide, cancelled, verdict, onPass } = setUp()
  write('right')
  write('wrong')
  expect(cancelled).toEqual(['right'])
  decide.get('right')!(pass)
  await vi.advanceTimersByTimeAsync(0)
  expect(verdict.value).toBe(undefined)
  expect(onPass).not.toHaveBeenCalled()
})

test('who leaves the page calls the judge off', () => {
  const { write, cancelled, scope } = setUp()
  write('right')
  scope.stop()
  expect(cancelled).toEqual(['right'])
})
