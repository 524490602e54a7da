// One function for each role, looked up in a table.
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

type Handle = (settings: Settings, state: State, event: Event, nowMs: number) => Step

const nothing = (state: State): Step => ({ state, actions: [] })

function wait({ priority }: Settings, interval: number, nowMs: number, skewOnly = false): State {
  const skew = ((256 - priority) * interval) / 256
  const timerAtMs = nowMs + (skewOnly ? 0 : 3 * interval) + skew
  return { role: 'backup', timerAtMs, masterIntervalMs: interval }
}

function rule({ priority, intervalMs }: Settings, nowMs: number, isNew: boolean): Step {
  const taking: Action[] = isNew ? [{ do: 'take-address' }, { do: 'announce-address' }] : []
  return {
    state: { role: 'master', timerAtMs: nowMs + intervalMs, masterIntervalMs: intervalMs },
    actions: [{ do: 'advertise', priority }, ...taking],
  }
}

const handlers: Record<State['role'], Handle> = {
  stopped(settings, state, event, nowMs) {
    if (event.kind !== 'start') return nothing(state)
    if (settings.priority === 255) return rule(settings, nowMs, true)
    return nothing(wait(settings, settings.intervalMs, nowMs))
  },
  backup(settings, state, event, nowMs) {
    if (event.kind === 'stop') return nothing(stopped)
    if (event.kind === 'tick' && nowMs >= state.timerAtMs) return rule(settings, nowMs, true)
    if (event.kind !== 'advertisement') return nothing(state)
    if (event.priority === 0) return nothing(wait(settings, state.masterIntervalMs, nowMs, true))
    if (settings.preempts && event.priority < settings.priority) return nothing(state)
    return nothing(wait(settings, event.intervalMs, nowMs))
  },
  master(settings, state, event, nowMs) {
    if (event.kind === 'stop') {
      const actions: Action[] = [{ do: 'release-address' }, { do: 'advertise', priority: 0 }]
      return { state: stopped, actions }
    }
    if (event.kind === 'tick' && nowMs >= state.timerAtMs) return rule(settings, nowMs, false)
    if (event.kind !== 'advertisement') return nothing(state)
    if (event.priority === 0) return rule(settings, nowMs, false)
    const ahead = event.priority - settings.priority || compare(event.address, settings.address)
    if (ahead <= 0) return nothing(state)
    return {
      state: wait(settings, event.intervalMs, nowMs),
      actions: [{ do: 'release-address' }],
    }
  },
}

function compare(one: string, other: string): number {
  const [a, b] = [one.split('.').map(Number), other.split('.').map(Number)]
  for (const at of [0, 1, 2, 3]) if (a[at] !== b[at]) return a[at]! - b[at]!
  return 0
}

export const step: Handle = (settings, state, event, nowMs) =>
  handlers[state.role](settings, state, event, nowMs)
