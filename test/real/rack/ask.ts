import { setTimeout as pause } from 'node:timers/promises'

/** The gateway of a guest, on 127.0.0.1. */
export interface Gateway {
  readonly port: number
  readonly token: string
}

/** Milliseconds: the guest's longest answer is a batch of requests that all fail. */
const patience = 120_000

/** One wish to the guest: see inside/guest.mts for what it knows. */
export async function askRack<Result>(
  { port, token }: Gateway,
  path: string,
  wanted: unknown,
  ms = patience,
): Promise<Result> {
  const url = `http://127.0.0.1:${port}${path}`
  const headers = { 'x-lab-token': token }
  const body = JSON.stringify(wanted)
  const late = new AbortController()
  // AbortSignal.timeout() keeps no process alive: one that waits for nothing else would end here.
  const timer = setTimeout(() => late.abort(), ms)
  let words = ''
  try {
    const answer = await fetch(url, { method: 'POST', body, headers, signal: late.signal })
    if (answer.ok) return (await answer.json()) as Result
    words = (await answer.text()).trim()
  } catch {
    // Nobody answered, or not to the end.
  } finally {
    clearTimeout(timer)
  }
  throw new Error(`The guest kernel did not do ${path}. ${words}`)
}

/** A booting kernel has no event for the outside but its first answer: at most a minute. */
export async function untilReady(gateway: Gateway): Promise<void> {
  for (const deadline = performance.now() + 60_000; ; await pause(50))
    try {
      // A wish that comes too early may be lost on its way, so none waits long.
      return void (await askRack(gateway, '/exec', { machine: '', command: ['true'] }, 1000))
    } catch (error) {
      if (performance.now() > deadline) throw error
    }
}
