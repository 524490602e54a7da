import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { usePlayer } from '../../../.vitepress/theme/explorers/parts/use-player.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function play() {
  const step = vi.fn()
  const scope = effectScope()
  const isPlaying = scope.run(() => usePlayer(step, 100))!
  return { step, scope, isPlaying }
}

test('a story goes on by itself, and stands still when it is stopped', async () => {
  const { step, scope, isPlaying } = play()
  vi.advanceTimersByTime(500)
  expect(step).not.toHaveBeenCalled()

  isPlaying.value = true
  await nextTick()
  vi.advanceTimersByTime(250)
  expect(step).toHaveBeenCalledTimes(2)

  isPlaying.value = false
  await nextTick()
  vi.advanceTimersByTime(500)
  expect(step).toHaveBeenCalledTimes(2)
  scope.stop()
})

test('nothing plays on when the reader has left the page', async () => {
  const { step, scope, isPlaying } = play()
  isPlaying.value = true
  await nextTick()
  scope.stop()
  vi.advanceTimersByTime(500)
  expect(step).not.toHaveBeenCalled()
})
