/** A server to be stopped, killed and kept busy: what happens to those who are waiting? */
import { pbkdf2Sync } from 'node:crypto'
import { createServer } from 'node:http'

export const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost')
  const times = Number(searchParams.get('times') ?? 1)
  switch (pathname) {
    // Waits, as for a database. The reader gets the head of the answer at once.
    case '/slow':
      response.flushHeaders()
      return void setTimeout(() => response.end('tea'), Number(searchParams.get('ms')))
    // Computes, a millisecond or two each time, and lets nobody else in meanwhile.
    case '/work':
      for (let i = 0; i < times; i++) pbkdf2Sync('tea', 'pot', 4000, 32, 'sha256')
      return void response.end('tea')
    case '/hang':
      for (;;);
    case '/crash':
      return process.exit(1)
    default:
      return void response.end('tea')
  }
})
server.listen(3000, () => process.stdout.write('listening\n'))
