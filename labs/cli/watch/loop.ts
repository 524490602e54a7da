import type { Checker } from '../../checker/checker.ts'
import { say } from '../../language.ts'
import type { Runtime } from '../../runtime/runtime.ts'
import type { Broken } from '../commands/break.ts'
import { taskInHand, type WatchState } from './state.ts'

export interface LoopParts {
  readonly runtime: Runtime
  readonly checker: Checker
  readonly broken: Broken
  readonly onPass: (task: string) => void
  readonly onState: (state: WatchState) => void
}

/**
 * Save → apply → check the task in hand → check the others. One round at a time: a save during a
 * round lets the running test end, then begins the next round.
 */
export class WatchLoop {
  state: WatchState
  readonly #parts: LoopParts
  #wanted: { readonly at: number; readonly tasks?: readonly string[] } | undefined
  #running: Promise<void> | undefined
  #closed = false

  constructor(state: WatchState, parts: LoopParts) {
    this.state = state
    this.#parts = parts
  }

  set(change: Partial<WatchState>): void {
    this.state = { ...this.state, ...change }
    this.#parts.onState(this.state)
  }

  /** A save at `at`; `undefined` tasks: all of them, the one in hand first. */
  saved(at: number): Promise<void> {
    if (this.#closed) return Promise.resolve()
    this.#wanted = { at }
    if (this.#running) void this.#parts.checker.cancel()
    return (this.#running ??= this.#rounds().finally(() => (this.#running = undefined)))
  }

  /** Lets other work (load, break) have the lab to itself. */
  async idle(): Promise<void> {
    await this.#running
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#wanted = undefined
    await this.#parts.checker.cancel()
    await this.#running?.catch(() => undefined)
  }

  async #rounds(): Promise<void> {
    while (this.#wanted) {
      const { at } = this.#wanted
      this.#wanted = undefined
      await this.#round(at)
    }
    this.set({ busy: '', checking: [] })
  }

  async #round(at: number): Promise<void> {
    const { runtime, broken } = this.#parts
    const mended = await broken.mendAll()
    const notice =
      mended.length > 0
        ? say(`mended for the check: ${mended.join(', ')}`, `为检查恢复了：${mended.join('、')}`)
        : ''
    this.set({ busy: say('applying', '正在生效'), panel: [], notice, broken: {} })
    const applied = await runtime.apply()
    const appliedAt = performance.now()
    if (applied.outcome === 'broken') return this.set({ problems: applied.problems, checking: [] })
    this.set({ problems: [], busy: say('checking', '正在检查') })
    await this.#check(at, appliedAt)
  }

  async #check(at: number, appliedAt: number): Promise<void> {
    const { current, lab } = this.state
    const others = lab.tasks.map(({ id }) => id).filter((id) => id !== current)
    const queue = [current, ...others]
    for (const [index, task] of queue.entries()) {
      if (this.#wanted || this.#closed) return
      this.set({ checking: queue.slice(index) })
      const started = performance.now()
      const [verdict] = await this.#parts.checker.check([task])
      // A cancelled check says nothing about the reader's answer.
      if (!verdict || this.#wanted || this.#closed) return
      if (verdict.outcome === 'pass') this.#parts.onPass(task)
      const now = performance.now()
      const timing = { applyMs: appliedAt - at, checkMs: now - started, totalMs: now - at }
      this.set({
        verdicts: { ...this.state.verdicts, [task]: verdict },
        ...(index === 0 ? { timing } : {}),
      })
    }
    this.set({ current: taskInHand(lab, this.state.verdicts) })
  }
}
