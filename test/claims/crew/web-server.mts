/** One web server, `node web-server.mts web1`: tells what it saw, and fails in the ways it is asked. */
import { createServer } from 'node:http'

const name = process.argv[2] ?? ''

const server = createServer((incoming, outgoing) => {
  const { method, url = '', headers } = incoming
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  outgoing.setHeader('x-served-by', name)
  const answer = () => outgoing.end(JSON.stringify({ method, url, headers }))
  // Only the server named in `on` misbehaves; without it, all do.
  if ((searchParams.get('on') ?? name) !== name) return void answer()
  switch (pathname) {
    case '/fail':
      outgoing.statusCode = 500
      return void answer()
    case '/crash':
      return void process.kill(process.pid, 'SIGKILL')
    case '/slow':
      return void setTimeout(answer, Number(searchParams.get('ms')))
    default:
      return void answer()
  }
})
// nginx keeps idle connections for 60 s: it must be the one that hangs up.
server.keepAliveTimeout = 65_000
server.listen(3000, name, () => {
  // To the crew that started it, or into the log of a container of its own.
  process.send?.('listening')
  process.stderr.write('listening\n')
})
