// The way out and the deadline race; the loser is never heard.
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
  let closing: Promise<void> | undefined

  const leave = async () => {
    await sleep(NOTICE_MS)
    await new Promise<void>((resolve) => {
      server.onAnswered(() => server.closeIdleConnections())
      server.close(resolve)
    })
    await database.end()
    return 0
  }
  const within = async <T>(ms: number, work: Promise<T>, otherwise: T) =>
    Promise.race([work.catch(() => otherwise), sleep(ms).then(() => otherwise)])

  const stop = () => {
    closing ??= within(GRACE_MS, leave(), 1).then((code) => process.exit(code))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  return {
    async health() {
      const isFine = within(
        PING_MS,
        database.ping().then(() => true),
        false,
      )
      return !closing && (await isFine) ? 200 : 503
    },
  }
}
