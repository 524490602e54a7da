// Leaves at the signal: every request in flight is lost.
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

export function createLifecycle({ database, process, sleep }: World): Lifecycle {
  const isClosing = false

  async function health(): Promise<200 | 503> {
    if (isClosing) return 503
    const answers = database.ping().then(
      () => true,
      () => false,
    )
    const isLate = sleep(PING_MS).then(() => false)
    return (await Promise.race([answers, isLate])) ? 200 : 503
  }

  function onSignal(): void {
    process.exit(0)
  }

  process.on('SIGTERM', onSignal) // docker stop
  process.on('SIGINT', onSignal) // Ctrl-C
  return { health }
}
