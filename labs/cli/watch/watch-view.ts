import type { WatchLoop } from './loop.ts'
import type { WatchState } from './state.ts'

/** How a watched lab is shown, and how the reader speaks to it. */
export interface WatchView {
  show(state: WatchState): void
  /** Resolves when the reader wants to leave. */
  attach(loop: WatchLoop): Promise<void>
  close(): void
}
