// A class, which ends idle connections every 50 ms instead of after each answer.
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

class ServerLifecycle implements Lifecycle {
  readonly #world: World
  #isClosing = false
  #hasEnded = false

  constructor(world: World) {
    this.#world = world
    const stop = () => void this.#stop()
    world.process.on('SIGTERM', stop)
    world.process.on('SIGINT', stop)
  }

  async health(): Promise<200 | 503> {
    if (this.#isClosing) return 503
    const { database, sleep } = this.#world
    const late = sleep(PING_MS).then(() => Promise.reject(new Error('too late')))
    try {
      await Promise.race([database.ping(), late])
      return 200
    } catch {
      return 503
    } finally {
      late.catch(() => {})
    }
  }

  async #stop(): Promise<void> {
    if (this.#isClosing) return
    this.#isClosing = true
    const { server, database, process, sleep } = this.#world
    void sleep(GRACE_MS).then(() => process.exit(1))
    try {
      await sleep(NOTICE_MS)
      server.close(() => (this.#hasEnded = true))
      while (!this.#hasEnded) {
        await sleep(50)
        server.closeIdleConnections()
      }
      await database.end()
      process.exit(0)
    } catch {
      process.exit(1)
    }
  }
}

export const createLifecycle = (world: World): Lifecycle => new ServerLifecycle(world)
