import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { useStory } from '../../../.vitepress/theme/explorers/parts/use-story.ts'

/** A session is what has been said so far; nobody says the same thing twice. */
const stories = { abc: ['a', 'b', 'b', 'c'], de: ['d', 'e', 'e'] }
const tell = () =>
  effectScope().run(() =>
    useStory<keyof typeof stories, string, string>({
      tickMs: 1000,
      first: 'abc',
      begin: (story, said) => (story || said === undefined ? '' : said.slice(0, 1)),
      movesOf: (story) => stories[story],
      make: (said, word) => (said.includes(word) ? said : said + word),
    }),
  )!

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a story is told move by move; what cannot be made is passed over, at its end, too', () => {
  const { session, step, isOver, choose } = tell()
  step()
  step()
  expect([session.value, isOver.value]).toEqual(['ab', false])
  step()
  expect([session.value, isOver.value]).toEqual(['abc', true])
  step()
  expect(session.value).toBe('abc')
  choose('de')
  step()
  step()
  expect([session.value, isOver.value]).toEqual(['de', true])
})

test('it plays by itself to its end, and who plays it again begins it again', async () => {
  const { session, toggle, isPlaying } = tell()
  toggle()
  await vi.advanceTimersByTimeAsync(2000)
  expect([session.value, isPlaying.value]).toEqual(['ab', true])
  await vi.advanceTimersByTimeAsync(60_000)
  expect([session.value, isPlaying.value]).toEqual(['abc', false])
  toggle()
  expect([session.value, isPlaying.value]).toEqual(['', true])
})

test('a move of the reader’s own ends the story: there is nothing to play until one is chosen', async () => {
  const { session, story, step, play, toggle, isPlaying, isOver, reset, choose } = tell()
  toggle()
  await vi.advanceTimersByTimeAsync(1000)
  play('z')
  expect([session.value, story.value, isPlaying.value]).toEqual(['az', undefined, false])
  step()
  toggle()
  expect([session.value, isPlaying.value, isOver.value]).toEqual(['az', false, false])
  reset()
  expect(session.value).toBe('a')
  choose('abc')
  expect([session.value, story.value]).toEqual(['', 'abc'])
})
