/**
 * The origin behind caches, `node origin.mts origin`: answers as the request's query says, and
 * remembers what it was asked. `h.NAME=VALUE` is a header of the answer, `ms` how long it thinks,
 * `bytes` how long the answer is, `status` its status; an `h.etag` that the asker has gives a 304.
 * `/_asked?path=/x` tells of the path's requests, and how many of them were there at once at most.
 */
import { createServer } from 'node:http'

interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, unknown>>
}
interface Account {
  readonly requests: Asked[]
  open: number
  mostAtOnce: number
}

const name = process.argv[2] ?? ''
const accounts = new Map<string, Account>()
const accountOf = (path: string) => {
  const account = accounts.get(path) ?? { requests: [], open: 0, mostAtOnce: 0 }
  accounts.set(path, account)
  return account
}

const server = createServer((incoming, outgoing) => {
  const { method = '', url = '', headers } = incoming
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  if (pathname === '/_asked') {
    const { requests, mostAtOnce } = accountOf(searchParams.get('path') ?? '')
    return void outgoing.end(JSON.stringify({ requests, mostAtOnce }))
  }
  const account = accountOf(pathname)
  account.requests.push({ method, url, headers })
  account.mostAtOnce = Math.max(account.mostAtOnce, ++account.open)
  outgoing.on('close', () => account.open--)
  outgoing.setHeader('x-served-by', name)
  for (const [key, value] of searchParams)
    if (key.startsWith('h.')) outgoing.setHeader(key.slice(2), value)
  const etag = searchParams.get('h.etag')
  const known = etag !== null && headers['if-none-match'] === etag
  outgoing.statusCode = known ? 304 : Number(searchParams.get('status') ?? 200)
  const bytes = searchParams.get('bytes')
  const text = bytes === null ? JSON.stringify({ method, url, headers }) : 'x'.repeat(Number(bytes))
  setTimeout(() => outgoing.end(known ? '' : text), Number(searchParams.get('ms') ?? 0))
})
server.keepAliveTimeout = 65_000
server.listen(3000, name, () => process.send?.('listening'))
