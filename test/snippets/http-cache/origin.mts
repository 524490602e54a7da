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
  const { 'if-none-match': etag, 'if-modified-since': since } = incoming.headers
  const number = ++answers
  const asked = { path: incoming.url ?? '', number, etag, since, atMs: Date.now() }
  lines.push({ ...asked, encoding: incoming.headers['accept-encoding'], isDead: say.isDead })
  if (say.isDead) return void incoming.socket.destroy()
  const isUnchanged =
    etag === undefined
      ? since !== undefined && since === say.headers['last-modified']
      : etag === say.headers.etag
  outgoing.statusCode = isUnchanged ? 304 : say.status
  const { etag: own } = say.headers
  const headers = isUnchanged ? { ...(own ? { etag: own } : {}), ...say.unchanged } : say.headers
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, dated(value))
  if (isUnchanged) return void outgoing.end()
  const body = String(number)
  outgoing.setHeader('content-length', body.length)
  outgoing.end(body)
}).listen(9000)

/** `@{6}`: the date of six seconds from now. */
function dated(value: string): string {
  const [, ahead] = /^@\{(-?\d+)\}$/.exec(value) ?? []
  return ahead === undefined ? value : new Date(Date.now() + Number(ahead) * 1000).toUTCString()
}

createServer((_, outgoing) => {
  outgoing.end(JSON.stringify(lines))
  lines = []
}).listen(9001, () => process.stderr.write('listening\n'))
