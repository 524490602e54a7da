// It says goodbye and keeps the address.
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
  const { priority, intervalMs, preempts, address } = settings
  const stay: Step = { state, actions: [] }
  const skewMs = (masterIntervalMs: number) => ((256 - priority) * masterIntervalMs) / 256

  const master = (...actions: Action[]): Step => ({
    state: { role: 'master', timerAtMs: nowMs + intervalMs, masterIntervalMs: intervalMs },
    actions: [...actions, { do: 'advertise', priority }],
  })
  const takeOver = () => master({ do: 'take-address' }, { do: 'announce-address' })
  // Three advertisements may be lost. The skew lets the better of two backups come first.
  const backup = (masterIntervalMs: number, ...actions: Action[]): Step => ({
    state: {
      role: 'backup',
      timerAtMs: nowMs + 3 * masterIntervalMs + skewMs(masterIntervalMs),
      masterIntervalMs,
    },
    actions,
  })

  if (state.role === 'stopped') {
    if (event.kind !== 'start') return stay
    return priority === 255 ? takeOver() : backup(intervalMs)
  }
  const isMaster = state.role === 'master'
  switch (event.kind) {
    case 'start':
      return stay
    case 'stop':
      return {
        state: stopped,
        // Priority 0: nobody needs to wait for three advertisements that don't come.
        actions: isMaster ? [{ do: 'advertise', priority: 0 }] : [],
      }
    case 'tick':
      if (nowMs < state.timerAtMs) return stay
      return isMaster ? master() : takeOver()
    case 'advertisement': {
      if (isMaster) {
        if (event.priority === 0) return master()
        const isBeaten =
          event.priority > priority ||
          (event.priority === priority && isHigher(event.address, address))
        return isBeaten ? backup(event.intervalMs, { do: 'release-address' }) : stay
      }
      if (event.priority === 0)
        return {
          state: { ...state, timerAtMs: nowMs + skewMs(state.masterIntervalMs) },
          actions: [],
        }
      return !preempts || event.priority >= priority ? backup(event.intervalMs) : stay
    }
  }
}

/** As numbers, from the left: 10.0.0.10 is higher than 10.0.0.9. */
function isHigher(one: string, other: string): boolean {
  const value = (text: string) => text.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0)
  return value(one) > value(other)
}
