import { say } from '../../language.ts'
import { EnvironmentError } from '../environment-error.ts'
import type { Answer, LabRequest, RequestBatch } from '../runtime.ts'
import { agentPort, type Place } from './place.ts'

/** What the lab's own client, inside its network, is asked for: see client/agent.mts. */
export const sendBatch = (place: Place, batch: RequestBatch) => ask<Answer[]>(place, '/', batch)

/** Sends all of a request but its body. Resolves to its number once the server has begun with it. */
export const holdRequest = (place: Place, request: LabRequest) =>
  ask<number>(place, '/hold', request)

/** Sends the body of a request that was held, and waits for the answer. */
export const finishRequest = (place: Place, held: number) => ask<Answer>(place, '/finish', held)

async function ask<Result>(place: Place, path: string, what: unknown): Promise<Result> {
  const url = `http://127.0.0.1:${place.ports[agentPort]}${path}`
  const headers = { 'x-lab-token': place.token }
  const body = JSON.stringify(what)
  const answer = await fetch(url, { method: 'POST', body, headers }).catch(() => undefined)
  if (answer?.ok) return (await answer.json()) as Result
  throw new EnvironmentError(
    say('The lab’s client does not answer.', '实验里的客户端没有应答。'),
    `npm run lab ${place.lab.number} down`,
  )
}
