// No async function: callbacks all the way.
/** Milliseconds after which a silent database counts as gone. */
export const PING_MS = 500
/** Milliseconds from saying 503 to closing: time for a balancer to ask. */
export const NOTICE_MS = 1000
/** Milliseconds from the signal to the end: docker kills after 10,000. */
export const GRACE_MS = 8000

/** In production: node:http, mysql2, process, and a timer. */
export interface World {
  readonly server: {
    /** Refuses new connections, ends idle ones; calls back after the last. */
    close(ended: () => void): void
    /** Calls back after each answer. Its connection stays open, and idle. */
    onAnswered(listener: () => void): void
    /** Ends the connections on which nobody waits for an answer. */
    closeIdleConnections(): void
  }
  readonly database: { ping(): Promise<void>; end(): Promise<void> }
  readonly process: {
    on(signal: 'SIGTERM' | 'SIGINT', listener: () => void): void
    exit(code: number): void
  }
  sleep(ms: number): Promise<void>
}

export interface Lifecycle {
  /** The status for GET /healthz. */
  health(): Promise<200 | 503>
}

export function createLifecycle({ server, database, process, sleep }: World): Lifecycle {
  let status: 200 | 503 = 200
  const exit = (code: number) => () => process.exit(code)

  function stop() {
    if (status === 503) return
    status = 503
    sleep(GRACE_MS).then(exit(1))
    sleep(NOTICE_MS).then(() => {
      server.close(() => database.end().then(exit(0), exit(1)))
      server.onAnswered(() => server.closeIdleConnections())
    })
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)

  return {
    health: () =>
      new Promise((resolve) => {
        database.ping().then(
          () => resolve(status),
          () => resolve(503),
        )
        void sleep(PING_MS).then(() => resolve(503))
      }),
  }
}
