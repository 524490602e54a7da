import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { labCalled } from '../lab-under-test.ts'

/** What the solution's own file says without any Redis; the checks ask the servers. */
type Write = (to: string[]) => Promise<unknown>
interface Half {
  master(): unknown
  seemsAlone(): boolean
  isAlone(): Promise<boolean>
}
const file = join(labCalled('replicated-redis').folder, 'solution/app/promises.ts')
const { createDuties, isPromised } = (await import(
  /* @vite-ignore */ pathToFileURL(file).href
)) as {
  isPromised: (half: Half, write: Write) => Promise<boolean>
  createDuties: (half: Half) => (name: string, write: Write) => Promise<void>
}

/** A half whose master has so many copies, and of which the Sentinels say whether it is alone. */
function half(state: { copies: number | 'dead'; alone: boolean }) {
  const done: string[] = []
  const waits: number[] = []
  const master = {
    async writeAndWait(write: Write, waitMs: number) {
      if (state.copies === 'dead') throw new Error('is away')
      waits.push(waitMs)
      await write(done)
      return state.copies
    },
  }
  const one: Half = {
    master: () => master,
    seemsAlone: () => state.alone,
    isAlone: () => Promise.resolve(state.alone),
  }
  return { one, done, waits, state }
}
const say =
  (word: string): Write =>
  (to) =>
    Promise.resolve(to.push(word))

describe('a write is promised', () => {
  test.each([
    ['a copy has it', 1, false, true],
    ['there is no copy, as most Sentinels say', 0, true, true],
    ['nobody has it, and there is a copy: the master was cut off', 0, false, false],
  ])('or not: %s', async (_, copies, alone, isIt) => {
    const { one, done } = half({ copies, alone })
    expect(await isPromised(one, say('tea'))).toBe(isIt)
    expect(done).toEqual(['tea'])
  })

  test('nobody is waited for where the Sentinels know of no copy', async () => {
    const { one, waits, state } = half({ copies: 0, alone: true })
    await isPromised(one, say('tea'))
    state.alone = false
    await isPromised(one, say('tea'))
    expect(waits[0]).toBeLessThan(50)
    expect(waits[1]).toBeGreaterThan(100)
  })
})

describe('a duty', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('that is promised at once is done once', async () => {
    const { one, done } = half({ copies: 1, alone: false })
    await createDuties(one)('topic:7', say('7'))
    await vi.advanceTimersByTimeAsync(2000)
    expect(done).toEqual(['7'])
  })

  test('is repeated at whoever is master until it is promised, and no longer', async () => {
    const { one, done, state } = half({ copies: 'dead', alone: false })
    const must = createDuties(one)
    await must('topic:7', say('7'))
    await must('front', say('front'))
    expect(done).toEqual([])
    state.copies = 0
    await vi.advanceTimersByTimeAsync(700)
    expect(done.filter((word) => word === '7').length).toBeGreaterThan(1)
    state.copies = 1
    await vi.advanceTimersByTimeAsync(400)
    const count = done.length
    expect(done).toContain('front')
    await vi.advanceTimersByTimeAsync(2000)
    expect(done).toHaveLength(count)
  })

  test('that has become one again while it was being done stays one', async () => {
    const { one, done, state } = half({ copies: 1, alone: false })
    const must = createDuties(one)
    let isSlow = true
    const slow: Write = async (to) => {
      to.push('first')
      if (!isSlow) return
      isSlow = false
      state.copies = 'dead'
      await must('topic:7', say('second'))
      state.copies = 1
    }
    await must('topic:7', slow)
    await vi.advanceTimersByTimeAsync(700)
    expect(done).toEqual(['first', 'second'])
  })
})
