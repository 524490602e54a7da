/** How the host asks: one wish a POST, with the lab's token. Run by Node itself: erasable types only. */
import { createServer } from 'node:http'

export type Verb = (wanted: never) => Promise<unknown>

const port = 3999

/** Answers what `verbOf` knows, until the container ends. */
export function serve(verbOf: (path: string) => Verb | undefined): void {
  const token = process.env.AGENT_TOKEN ?? ''
  const server = createServer(async (incoming, outgoing) => {
    const verb = verbOf(incoming.url ?? '')
    if (!verb) return void outgoing.writeHead(404).end()
    // The port is open to every page in the reader's browser; the token is not.
    if (token === '' || incoming.headers['x-lab-token'] !== token)
      return void outgoing.writeHead(403).end()
    try {
      const chunks: Buffer[] = []
      for await (const chunk of incoming) chunks.push(chunk as Buffer)
      const wanted = JSON.parse(Buffer.concat(chunks).toString('utf8')) as never
      const result = JSON.stringify((await verb(wanted)) ?? null)
      outgoing.setHeader('content-type', 'application/json')
      outgoing.end(result)
    } catch (error) {
      outgoing.writeHead(400).end(String(error))
    }
  })
  // Node would hang up after 5 s of silence, perhaps just when the next wish is on its way.
  server.keepAliveTimeout = 0
  server.listen(port)
  process.on('SIGTERM', () => process.exit(0))
}
