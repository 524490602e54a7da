import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { barLine, showProgress } from '../../../../../labs/runtime/docker/offline/show-progress.ts'

let written: string[]
const stream = { columns: 80, write: (text: string) => written.push(text) }
beforeEach(() => {
  written = []
  vi.useFakeTimers()
})
afterEach(() => vi.useRealTimers())

test('without a terminal each step is one plain line', () => {
  const { show, end } = showProgress(stream, { isTerminal: false })
  show({ step: 'fetch, MB', done: 0, total: 95 })
  show({ step: 'fetch, MB', done: 50, total: 95 })
  show({ step: 'unpack', seconds: 4 })
  vi.advanceTimersByTime(2000)
  end()
  expect(written).toEqual(['fetch, MB\n', 'unpack\n'])
})

test('in a terminal a bar is painted over, and the next step begins a line', () => {
  const { show, end } = showProgress(stream, { isTerminal: true, now: () => 0 })
  show({ step: 'fetch, MB', done: 0, total: 90 })
  show({ step: 'fetch, MB', done: 45, total: 90 })
  show({ step: 'unpack' })
  end()
  end()
  expect(written).toEqual([
    `\r\u001b[K${'░'.repeat(24)} 0/90  fetch, MB`,
    `\r\u001b[K${'█'.repeat(12)}${'░'.repeat(12)} 45/90  fetch, MB`,
    '\n',
    '\r\u001b[Kunpack',
    '\n',
  ])
})

test('a step of which nothing is heard moves with the time that it should take', () => {
  let time = 0
  const { show, end } = showProgress(stream, { isTerminal: true, now: () => time })
  show({ step: 'build', seconds: 10 })
  for (time = 1000; time <= 60_000; time += 1000) vi.advanceTimersByTime(1000)
  end()
  const bars = written.slice(0, -1).map((line) => line.split('█').length - 1)
  expect(new Set(bars).size).toBeGreaterThan(15)
  expect(bars).toEqual(bars.toSorted((a, b) => a - b))
})

test('nothing is painted once it has ended', () => {
  const { show, end } = showProgress(stream, { isTerminal: true, now: () => 0 })
  show({ step: 'build', seconds: 10 })
  end()
  const count = written.length
  vi.advanceTimersByTime(5000)
  expect(written).toHaveLength(count)
})

test('no line is wider than the window, and no colour is used', () => {
  const line = barLine({ step: 'a step with a long name', done: 1, total: 2 }, 0, 30)
  expect(line).toHaveLength(30)
  // eslint-disable-next-line no-control-regex
  expect(line).not.toMatch(/\u001b/)
})
