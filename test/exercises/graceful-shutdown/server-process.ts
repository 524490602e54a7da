import { createServer, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type * as Answer from '../../../exercises/graceful-shutdown/solution.ts'

// The answer named in the first argument, on a real server: node:http, signals, and a clock that
// runs ten times as fast. A request to /slow is answered when the parent says so.
const { createLifecycle } = (await import(process.argv[2]!)) as typeof Answer
/** Resolves when the parent will certainly read it, whatever becomes of this process. */
const tell = (message: string) => new Promise<void>((sent) => process.send!(message, () => sent()))

const server = createServer({ keepAliveTimeout: 60_000 })
const waiting: ServerResponse[] = []
const answered: (() => void)[] = []

const lifecycle = createLifecycle({
  server: {
    close(ended) {
      server.close(() => ended())
      void tell('port closed')
    },
    closeIdleConnections: () => server.closeIdleConnections(),
    onAnswered: (listener) => void answered.push(listener),
  },
  database: {
    ping: async () => {},
    end: () => tell('database closed'),
  },
  process,
  sleep: (ms) => sleep(ms / 10),
})

server.on('request', (request, response) => {
  // Only in the next turn does Node count the connection as idle.
  response.on('close', () => setImmediate(() => answered.forEach((listener) => listener())))
  if (request.url === '/slow') {
    waiting.push(response)
    void tell('slow request has come')
  } else {
    void lifecycle.health().then((status) => response.writeHead(status).end())
  }
})
process.on('message', () => waiting.splice(0).forEach((response) => response.end('tea')))

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address && typeof address === 'object') void tell(`listening on ${address.port}`)
})
