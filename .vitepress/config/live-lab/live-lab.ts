import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Plugin } from 'vitepress'
import { livePath } from '../../theme/live-path.ts'
import { type LiveEvent, onlyChanges } from './lab-events.ts'
import { watchLabs } from './lab-watch.ts'

type Watch = (tell: (event: LiveEvent) => void) => () => void

/** `npm run dev` tells the open pages what the labs of this machine do. No built site has this. */
export function liveLab(watch: Watch = watchLabs): Plugin {
  return {
    name: 'four-tiers:live-lab',
    apply: 'serve',
    configureServer({ middlewares }) {
      middlewares.use(livePath, (request, response) => {
        if (isOwn(request)) stream(response, watch)
        else response.writeHead(403).end()
      })
    },
  }
}

const loopback = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/
const ownHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/

/** From this machine, and under a name of this machine: no page of somebody else's may listen. */
function isOwn({ socket, headers }: IncomingMessage): boolean {
  const { host = '', 'sec-fetch-site': site = 'none' } = headers
  return (
    loopback.test(socket.remoteAddress ?? '') &&
    ownHost.test(host) &&
    (site === 'same-origin' || site === 'none')
  )
}

/** Server-sent events (WHATWG HTML, 9.2). */
function stream(response: ServerResponse, watch: Watch): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  const stop = watch(onlyChanges((event) => response.write(`data: ${JSON.stringify(event)}\n\n`)))
  response.on('close', stop)
}
