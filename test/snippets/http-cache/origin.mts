/**
 * An origin that answers what the request itself says in `x-say`, and remembers what it was asked.
 * The body of an answer is its number. Started by Node 22 itself, hence no dependency.
 */
import { createServer } from 'node:http'
import type { OriginLine, Say } from './real-caches.ts'

let lines: OriginLine[] = []
let answers = 0

createServer((incoming, outgoing) => {
  const say = JSON.parse(String(incoming.headers['x-say'] ?? '{}')) as Say
  const etag = incoming.headers['if-none-match']
  const number = ++answers
  lines.push({ path: incoming.url ?? '', number, etag, isDead: say.isDead, atMs: Date.now() })
  if (say.isDead) return void incoming.socket.destroy()
  const isUnchanged = etag !== undefined && etag === say.headers.etag
  outgoing.statusCode = isUnchanged ? 304 : say.status
  const headers = isUnchanged ? { etag, ...say.unchanged } : say.headers
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value)
  if (isUnchanged) return void outgoing.end()
  const body = String(number)
  outgoing.setHeader('content-length', body.length)
  outgoing.end(body)
}).listen(9000)

createServer((_, outgoing) => {
  outgoing.end(JSON.stringify(lines))
  lines = []
}).listen(9001, () => process.stderr.write('listening\n'))
