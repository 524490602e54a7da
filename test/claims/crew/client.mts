import { Agent, request } from 'node:http'
import type { Answer, Request } from './orders.ts'

/** A new connection each time: a kept one would tie every request to one nginx worker. */
const agent = new Agent({ keepAlive: false })
/** Longer than any time-out under test. */
const patience = 20_000

function send({ port, path, method = 'GET', headers, to, from }: Request): Promise<Answer> {
  const askedAt = performance.now()
  return new Promise((resolve) => {
    const finish = (status: number, answer: Partial<Answer> = {}) => {
      const ms = performance.now() - askedAt
      resolve({ status, headers: {}, body: '', bytes: 0, ...answer, askedAt, ms })
    }
    const outgoing = request(
      { agent, host: to ?? '127.0.0.1', port, path, method, headers, localAddress: from },
      (incoming) => {
        let body = ''
        incoming.setEncoding('utf8').on('data', (part: string) => (body += part))
        incoming.on('end', () => {
          const values = Object.entries(incoming.headers).map(([name, value]) => [name, `${value}`])
          const bytes = incoming.socket.bytesRead
          finish(incoming.statusCode ?? 0, { body, bytes, headers: Object.fromEntries(values) })
        })
        incoming.on('error', () => finish(0))
      },
    )
    outgoing.setTimeout(patience, () => outgoing.destroy())
    outgoing.on('error', () => finish(0))
    outgoing.end()
  })
}

export async function sendAll(requests: readonly Request[], atOnce: number): Promise<Answer[]> {
  const answers: Answer[] = []
  let next = 0
  const reader = async () => {
    for (let i = next++; i < requests.length; i = next++) answers[i] = await send(requests[i]!)
  }
  await Promise.all(Array.from({ length: atOnce }, reader))
  return answers
}

export interface Flood {
  end(): Promise<Answer[]>
}

export function beginFlood(wanted: Request, atOnce: number): Flood {
  const answers: Answer[] = []
  let going = true
  const reader = async () => {
    while (going) answers.push(await send(wanted))
  }
  const readers = Promise.all(Array.from({ length: atOnce }, reader))
  return {
    async end() {
      going = false
      await readers
      return answers
    },
  }
}
