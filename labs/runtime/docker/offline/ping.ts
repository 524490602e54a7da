import { request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

/** Whether an engine listens there and says OK; a second is long for a local socket. */
export function ping(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path: '/_ping', timeout: 1000 }, (answer) => {
      answer.resume()
      resolve(answer.statusCode === 200)
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(false))
    asked.end()
  })
}

export interface Patience {
  readonly milliseconds: number
  /** Whether there is still somebody who could answer. */
  readonly alive: () => boolean | Promise<boolean>
  readonly signal?: AbortSignal | undefined
}

/** Asks until it answers, or there is no use in waiting: false. */
export async function answers(socketPath: string, patience: Patience): Promise<boolean> {
  const { milliseconds, alive, signal } = patience
  const end = performance.now() + milliseconds
  while (!signal?.aborted && performance.now() < end && (await alive())) {
    if (await ping(socketPath)) return true
    await pause(50)
  }
  return false
}
