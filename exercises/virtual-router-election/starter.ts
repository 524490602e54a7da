/** What one virtual router is told. */
export interface Settings {
  /** Its own address; on a tie the higher one wins. */
  readonly address: string
  /** From 1 to 254; 255 if the virtual IP is its own address. */
  readonly priority: number
  /** How often it says that it lives, when it is the master. */
  readonly intervalMs: number
  /** Whether it takes over from a master of lower priority. */
  readonly preempts: boolean
}

export interface State {
  readonly role: 'stopped' | 'backup' | 'master'
  /** When its timer fires: to advertise again, or to take over. */
  readonly timerAtMs: number
  /** How often the master speaks, as it said itself. */
  readonly masterIntervalMs: number
}

export type Event =
  | { readonly kind: 'start' }
  | { readonly kind: 'stop' }
  /** Time has passed: has the timer fired? */
  | { readonly kind: 'tick' }
  /** Another router says that it is the master. Priority 0: it is leaving. */
  | {
      readonly kind: 'advertisement'
      readonly priority: number
      readonly address: string
      readonly intervalMs: number
    }

export type Action =
  | { readonly do: 'advertise'; readonly priority: number }
  | { readonly do: 'take-address' }
  /** Gratuitous ARP: "the virtual IP is at my MAC now". */
  | { readonly do: 'announce-address' }
  | { readonly do: 'release-address' }

export interface Step {
  readonly state: State
  readonly actions: readonly Action[]
}

export const stopped: State = { role: 'stopped', timerAtMs: Infinity, masterIntervalMs: 0 }

export function step(settings: Settings, state: State, event: Event, nowMs: number): Step {
  const { priority, intervalMs } = settings

  // TODO: the skew, other masters, pre-emption, ties, priority 0, the way out.
  switch (event.kind) {
    case 'start': {
      const timerAtMs = nowMs + 3 * intervalMs
      return { state: { role: 'backup', timerAtMs, masterIntervalMs: intervalMs }, actions: [] }
    }
    case 'tick':
      if (nowMs < state.timerAtMs) return { state, actions: [] }
      return {
        state: { ...state, role: 'master', timerAtMs: nowMs + intervalMs },
        actions: [{ do: 'take-address' }, { do: 'advertise', priority }],
      }
    default:
      return { state, actions: [] }
  }
}
