import type { World } from './starter.ts'

interface Connection {
  isBusy: boolean
}

/** A request that has been accepted, and waits for its answer. */
export interface InFlight {
  answer(): void
}

/**
 * A server, a database and a process that exist only on paper, with a clock that the check winds
 * on. They do what the real ones do; the project's tests hold the two side by side.
 */
export function createFakeWorld() {
  const connections = new Set<Connection>()
  const history: string[] = []
  const signals = new Map<string, (() => void)[]>()
  const answered: (() => void)[] = []
  let ended: (() => void)[] = []
  let timers: { readonly at: number; readonly wake: () => void }[] = []
  let now = 0
  let isListening = true
  let hasExited = false

  const note = (what: string) => {
    if (!hasExited) history.push(what)
  }
  function endIdle(): void {
    for (const connection of connections) if (!connection.isBusy) connections.delete(connection)
    if (isListening || connections.size > 0) return
    const waiting = ended
    ended = []
    waiting.forEach((callback) => queueMicrotask(callback))
  }

  const database = {
    ping: async () => {},
    end: async () => note('database closed'),
  }
  const world: World = {
    server: {
      close(callback) {
        note('port closed')
        isListening = false
        ended.push(callback)
        endIdle()
      },
      onAnswered: (listener) => void answered.push(listener),
      closeIdleConnections: endIdle,
    },
    database: { ping: () => database.ping(), end: () => database.end() },
    process: {
      on: (signal, listener) =>
        void signals.set(signal, [...(signals.get(signal) ?? []), listener]),
      exit(code) {
        const lost = [...connections].filter(({ isBusy }) => isBusy).length
        note(lost ? `exit ${code}, requests lost: ${lost}` : `exit ${code}`)
        hasExited = true
      },
    },
    sleep: (ms) => new Promise((wake) => timers.push({ at: now + ms, wake })),
  }

  /** Winds the clock on, and lets everything happen that is due by then. */
  async function pass(ms: number): Promise<void> {
    const until = now + ms
    for (;;) {
      await settle()
      const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next || hasExited) break
      now = next.at
      timers = timers.filter((timer) => timer !== next)
      next.wake()
    }
    now = until
  }

  return {
    world,
    /** Replace `ping` or `end` to make the database fail. */
    database,
    pass,
    /** A reader's request on a new connection, which the reader keeps alive. */
    request(): InFlight | 'refused' {
      if (!isListening || hasExited) return 'refused'
      const connection = { isBusy: true }
      connections.add(connection)
      return {
        answer() {
          if (hasExited) return
          connection.isBusy = false
          note('answered')
          answered.forEach((listener) => listener())
        },
      }
    },
    async signal(name: 'SIGTERM' | 'SIGINT'): Promise<void> {
      // A process that listens to no signal is ended by it.
      const listeners = signals.get(name)
      if (listeners) listeners.forEach((listener) => listener())
      else world.process.exit(143)
      await settle()
    },
    /** What has happened so far, in order. */
    history: () => history.join(' → ') || '-',
  }
}

/** Lets every promise that can go on go on; twenty steps are more than an answer needs. */
async function settle(): Promise<void> {
  for (let step = 0; step < 20; step += 1) await Promise.resolve()
}
