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

/** Asks until it answers, or until the signal: false. */
export async function answers(socketPath: string, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (await ping(socketPath)) return true
    await pause(50, undefined, { signal }).catch(() => {})
  }
  return false
}
