import type { Checker } from '../../checker/checker.ts'
import type { TestVerdict } from '../../checker/verdict.ts'
import { say } from '../../language.ts'
import { EnvironmentError } from '../../runtime/environment-error.ts'
import type { Runtime } from '../../runtime/runtime.ts'
import type { Broken } from '../broken.ts'
import { taskInHand, type WatchState } from './state.ts'

export interface LoopParts {
  readonly runtime: Runtime
  readonly checker: Checker
  readonly broken: Broken
  /** Waits until no other terminal uses the lab. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>
  readonly onPass: (task: string) => void
  readonly onState: (state: WatchState) => void
}

interface Wish {
  readonly at: number
  readonly timed: boolean
}

/**
 * Save → apply → check the task in hand → check the others. One round at a time: a save during a
 * round lets the running test end, then begins the next round.
 */
export class WatchLoop {
  state: WatchState
  readonly #parts: LoopParts
  #wanted: Wish | undefined
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

  /** A save at `at` (performance.now): applies it, and checks the task in hand, then the others. */
  saved(at: number): Promise<void> {
    return this.#begin({ at, timed: true })
  }

  /** The same without a save: at the start, or when the reader asks for it. */
  recheck(): Promise<void> {
    return this.#begin({ at: performance.now(), timed: false })
  }

  #begin(wish: Wish): Promise<void> {
    if (this.#closed) return Promise.resolve()
    this.#wanted = wish
    if (this.#running) this.#parts.checker.cancel()
    return (this.#running ??= this.#occupy(() => this.#rounds()))
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    await this.#running
  }

  /** Lets other work (load, break) have the lab to itself; a save meanwhile is checked after it. */
  async alone(work: () => Promise<void>): Promise<void> {
    while (this.#running) await this.#running.catch(() => undefined)
    try {
      await (this.#running = this.#occupy(() => this.#parts.inTurn(work)))
    } finally {
      if (this.#wanted) void this.#begin(this.#wanted)
    }
  }

  #occupy(work: () => Promise<void>): Promise<void> {
    return work().finally(() => (this.#running = undefined))
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#wanted = undefined
    this.#parts.checker.cancel()
    await this.#running?.catch(() => undefined)
  }

  async #rounds(): Promise<void> {
    while (this.#wanted) {
      const wish = this.#wanted
      this.#wanted = undefined
      // The environment may come back: what went wrong is told, and the next save tries again.
      await this.#parts
        .inTurn(() => this.#round(wish))
        .catch((error: unknown) => this.set({ notice: inWords(error) }))
    }
    this.set({ busy: '', checking: [] })
  }

  async #round(wish: Wish): Promise<void> {
    const { runtime, broken } = this.#parts
    const mended = await broken.mendAll()
    const notice =
      mended.length > 0
        ? say(`mended for the check: ${mended.join(', ')}`, `为检查恢复了：${mended.join('、')}`)
        : ''
    const checking = this.#queue()
    this.set({ busy: say('applying', '正在生效'), checking, panel: [], notice, broken: {} })
    const applied = await runtime.apply()
    const appliedAt = performance.now()
    if (applied.outcome === 'broken') return this.set({ problems: applied.problems, checking: [] })
    this.set({ problems: [], busy: say('checking', '正在检查') })
    await this.#check(wish, appliedAt)
  }

  /** The task in hand first. */
  #queue(): readonly string[] {
    const { current, lab } = this.state
    return [current, ...lab.tasks.map(({ id }) => id).filter((id) => id !== current)]
  }

  async #check({ at, timed }: Wish, appliedAt: number): Promise<void> {
    const { lab } = this.state
    const queue = this.#queue()
    for (const [index, task] of queue.entries()) {
      if (this.#wanted || this.#closed) return
      this.set({ checking: queue.slice(index), underway: [] })
      const started = performance.now()
      const onTest = (_: string, test: TestVerdict) => {
        if (task === this.state.current) this.set({ underway: [...this.state.underway, test] })
      }
      const [verdict] = await this.#parts.checker.check([task], { onTest })
      // A cancelled check says nothing about the reader's answer.
      if (!verdict || this.#wanted || this.#closed) return
      if (verdict.outcome === 'pass') this.#parts.onPass(task)
      const now = performance.now()
      const timing = { task, applyMs: appliedAt - at, checkMs: now - started, totalMs: now - at }
      const verdicts = { ...this.state.verdicts, [task]: verdict }
      // Moves on as soon as the task in hand passes; a task that the reader chose stays open.
      const done = verdicts[this.state.current]?.outcome === 'pass'
      const next = done ? taskInHand(lab, verdicts) : this.state.current
      this.set({
        verdicts,
        underway: [],
        current: next,
        ...(index === 0 && timed ? { timing } : {}),
      })
    }
  }
}

const inWords = (error: unknown) =>
  error instanceof EnvironmentError
    ? say(`${error.message} Next: ${error.next}`, `${error.message} 下一步：${error.next}`)
    : String(error)
