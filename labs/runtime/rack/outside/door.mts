/** The reader's front door, which leads to the client's place. Run by Node itself: erasable types only. */
import { createServer } from 'node:http'
import type { Visit, Visited } from '../inside/visit.mts'

export function openDoor(port: number, visit: (visit: Visit) => Promise<Visited>): void {
  createServer(async (incoming, outgoing) => {
    try {
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(chunk as Buffer)
      const { status, headers, body } = await visit({
        method: incoming.method ?? 'GET',
        path: incoming.url ?? '/',
        headers: incoming.rawHeaders,
        body: Buffer.concat(chunks).toString('base64'),
      })
      outgoing.writeHead(status, [...headers])
      outgoing.end(Buffer.from(body, 'base64'))
    } catch (error) {
      outgoing.writeHead(504, { 'content-type': 'text/plain' }).end(`${String(error)}\n`)
    }
  }).listen(port)
}
