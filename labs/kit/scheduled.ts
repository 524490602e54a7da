import type { Connection } from './ipvs.ts'

/** Who asks, and which service: `192.0.2.100:80`. */
export interface Question {
  readonly service: string
  readonly from: string
}

/** A question that the directors remember nothing of. */
export const nobody = 'nobody'

/**
 * The real server that each question's connection was given to, in the order of asking: the directors'
 * own memory says so, whether or not the answers find their way back. `before` is what they remembered.
 */
export function matchConnections(
  questions: readonly Question[],
  before: readonly Connection[],
  after: readonly Connection[],
): string[] {
  // A client takes the same port again for another service.
  const nameOf = ({ client, service }: Connection) => `${client} ${service}`
  const known = new Set(before.map(nameOf))
  const fresh = after.filter((one) => !known.has(nameOf(one)))
  return questions.map(({ service, from }) => {
    const index = fresh.findIndex(
      (one) => one.service === service && one.client.startsWith(`${from}:`),
    )
    const [found] = index < 0 ? [] : fresh.splice(index, 1)
    return found?.server ?? nobody
  })
}
