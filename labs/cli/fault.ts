import type { EventEmitter } from 'node:events'

/** The first exception that nobody caught. */
export interface Fault {
  readonly isKnown: boolean
  readonly error?: unknown
}

/**
 * An exception that nobody caught ends the command as Ctrl-C does: the screen comes back and no server
 * stays. What is thrown while it ends is no news.
 */
export function endOnFault(process: EventEmitter, ending: AbortController): Fault {
  const fault: { isKnown: boolean; error?: unknown } = { isKnown: false }
  for (const event of ['uncaughtException', 'unhandledRejection'])
    process.on(event, (error: unknown) => {
      if (ending.signal.aborted) return
      Object.assign(fault, { isKnown: true, error })
      ending.abort(error)
    })
  return fault
}
