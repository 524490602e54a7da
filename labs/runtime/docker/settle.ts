import { setTimeout as pause } from 'node:timers/promises'
import type { Fallen } from '../apply/world.ts'
import type { ServiceStatus } from '../runtime.ts'
import { sendBatch } from './agent-client.ts'
import { wantedServices } from './compose-config.ts'
import { lastLines, readStatus } from './health.ts'
import { builtService, type Place } from './place.ts'

/** Seconds for the slowest: a database that is made anew on a busy machine. */
const patience = 60

/**
 * Waits until every server is healthy and the reader's own answers. Who has ended will not be
 * healthy by waiting, and is told at once; who is only unhealthy may yet come round.
 */
export async function settle(place: Place): Promise<Fallen | undefined> {
  const wanted = await wantedServices(place)
  const deadline = performance.now() + patience * 1000
  for (;;) {
    const states = (await readStatus(place)).filter(({ service }) => wanted.includes(service))
    const ended = states.find(({ state }) => state === 'exited' || state === 'restarting')
    if (ended) return withWords(place, ended)
    const slow = states.find(({ state }) => state !== 'running')
    if (!slow && states.length >= wanted.length && (await frontAnswers(place))) return undefined
    if (performance.now() > deadline) return withWords(place, slow ?? silent(place))
    await pause(200)
  }
}

const silent = ({ lab }: Place): ServiceStatus => ({
  service: lab.front.service,
  state: 'unhealthy',
})

/** Running says little of a server without a health check: any answer of its own says more. */
async function frontAnswers(place: Place): Promise<boolean> {
  const { front } = place.lab
  if (builtService(place) !== front.service) return true
  const request = { path: '/', to: front.service, port: front.port, timeoutMs: 1000 }
  const [answer] = await sendBatch(place, { requests: [request] })
  return answer?.failure === undefined
}

const withWords = async (place: Place, status: ServiceStatus): Promise<Fallen> => ({
  ...status,
  words: await lastLines(place, status.service, 30),
})
