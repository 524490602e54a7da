import { describe, expect, test } from 'vitest'
import type { Checker } from '../../../labs/checker/checker.ts'
import type { Verdict } from '../../../labs/checker/verdict.ts'
import type { Broken } from '../../../labs/cli/broken.ts'
import { WatchLoop } from '../../../labs/cli/watch/loop.ts'
import { initialState, type WatchState } from '../../../labs/cli/watch/state.ts'
import { EnvironmentError } from '../../../labs/runtime/environment-error.ts'
import type { Applied, Runtime } from '../../../labs/runtime/runtime.ts'
import { labCalled } from '../lab-under-test.ts'

const lab = labCalled('load-balancer')
const ids = lab.tasks.map(({ id }) => id)

/** A lab in which nothing is real but the loop. */
function loopOn(options: {
  apply?: () => Promise<Applied>
  passing?: readonly string[]
  gate?: Promise<void>
}) {
  const checked: string[] = []
  const passed: string[] = []
  const states: WatchState[] = []
  let cancelled = false
  const checker: Checker = {
    async check([task = '']) {
      cancelled = false
      checked.push(task)
      await options.gate
      if (cancelled) return []
      const outcome = options.passing?.includes(task) ? 'pass' : 'fail'
      return [{ task, outcome, ms: 1, tests: [] } satisfies Verdict]
    },
    cancel: () => void (cancelled = true),
    close: () => Promise.resolve(),
  }
  const applied: Applied = { outcome: 'applied', files: [], ms: 1 }
  const runtime = { apply: options.apply ?? (() => Promise.resolve(applied)) } as unknown as Runtime
  const broken = { mendAll: () => Promise.resolve([]) } as unknown as Broken
  const loop = new WatchLoop(initialState(lab, ''), {
    runtime,
    checker,
    broken,
    inTurn: (work) => work(),
    onPass: (task) => void passed.push(task),
    onState: (state) => void states.push(state),
  })
  return { loop, checked, passed, states }
}

describe('the watch loop', () => {
  test('checks the task in hand first, then all others', async () => {
    const { loop, checked } = loopOn({})
    await loop.saved(performance.now())
    expect(checked).toEqual(ids)
    loop.set({ current: 'virtual-hosts' })
    checked.length = 0
    await loop.saved(performance.now())
    expect(checked[0]).toBe('virtual-hosts')
    expect([...checked].sort()).toEqual([...ids].sort())
  })

  test('opens the next task when the one in hand passes, and stays where it does not', async () => {
    const { loop, passed } = loopOn({ passing: ['balance', 'static-files'] })
    await loop.saved(performance.now())
    expect(loop.state.current).toBe('dead-server')
    expect(passed).toEqual(['balance', 'static-files'])
  })

  test('a save during a check ends it, and its verdict does not count', async () => {
    let open = () => {}
    const gate = new Promise<void>((resolve) => (open = resolve))
    const { loop, checked, states } = loopOn({ gate, passing: ids })
    const first = loop.saved(performance.now())
    await expect.poll(() => checked.length).toBe(1)
    const second = loop.saved(performance.now())
    open()
    await Promise.all([first, second])
    // Once for the save that was overtaken, and then the whole row for the last one.
    expect(checked).toEqual(['balance', ...ids])
    expect(
      states.filter(({ verdicts }) => Object.keys(verdicts).length === 1).length,
    ).toBeGreaterThan(0)
    expect(loop.state.checking).toEqual([])
  })

  test('from the save on, no verdict on the files before it counts', async () => {
    let applied: (outcome: Applied) => void = () => undefined
    const apply = () => new Promise<Applied>((resolve) => (applied = resolve))
    const { loop, states } = loopOn({ apply, passing: ids })
    const round = loop.saved(performance.now())
    await expect.poll(() => states.length).toBeGreaterThan(0)
    expect([...loop.state.checking].sort()).toEqual([...ids].sort())
    applied({ outcome: 'unchanged' })
    await round
    expect(loop.state.checking).toEqual([])
  })

  test('a refused file is told, and nothing is checked on the old one', async () => {
    const problems = [{ file: 'nginx/teahouse.conf', line: 3, message: 'unknown directive' }]
    const { loop, checked } = loopOn({
      apply: () => Promise.resolve({ outcome: 'broken', problems, ms: 1 }),
    })
    await loop.saved(performance.now())
    expect(loop.state).toMatchObject({ problems, checking: [] })
    expect(checked).toEqual([])
  })

  test('an engine that is gone is a notice with what to type, and the next save tries again', async () => {
    let gone = true
    const { loop } = loopOn({
      apply: () =>
        gone
          ? Promise.reject(new EnvironmentError('The engine is gone.', 'npm run lab doctor'))
          : Promise.resolve({ outcome: 'unchanged' }),
    })
    await loop.saved(performance.now())
    expect(loop.state).toMatchObject({
      busy: '',
      notice: expect.stringContaining('npm run lab doctor'),
    })
    expect(loop.state.verdicts).toEqual({})
    gone = false
    await loop.saved(performance.now())
    expect(Object.keys(loop.state.verdicts)).toHaveLength(ids.length)
  })

  test('tells how long a save took, and says nothing of the kind at the start', async () => {
    const { loop } = loopOn({})
    await loop.recheck()
    expect(loop.state.timing).toBeUndefined()
    await loop.saved(performance.now())
    expect(loop.state.timing).toMatchObject({ task: ids[0] })
    expect(loop.state.timing?.totalMs).toBeGreaterThanOrEqual(0)
  })

  test('a closed loop starts nothing any more', async () => {
    const { loop, checked } = loopOn({})
    await loop.close()
    await loop.saved(performance.now())
    expect(checked).toEqual([])
  })
})
