import { setTimeout as pause } from 'node:timers/promises'
import { say } from '../language.ts'
import { EnvironmentError } from '../runtime/environment-error.ts'
import type { Runtime } from '../runtime/runtime.ts'

/** A request as the server that answered it wrote it down. */
export interface Arrival {
  readonly server: string
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly status: number
  /** Whom it took for the client. */
  readonly client: string
}

/** Servers that write a line for each request, `GET /path 200 1.3ms CLIENT`, and know `/healthz`. */
export interface Watched {
  readonly servers: readonly string[]
  readonly port: number
}

let count = 0

/**
 * What reached these servers while `work` was done, by their own logs: no header of a proxy can make
 * it more or less. A request of our own marks the beginning and the end in each log, so that nothing
 * is missed which is still on its way from the server to the engine.
 */
export async function watchArrivals(
  runtime: Runtime,
  { servers, port }: Watched,
  work: () => Promise<unknown>,
): Promise<Arrival[]> {
  const mark = `${process.pid}-${Date.now()}-${++count}`
  const since = new Date(Date.now() - 2000).toISOString()
  const leave = async (when: string, server: string) => {
    const path = `/healthz?${when}=${mark}`
    const [answer] = await runtime.request({ requests: [{ to: server, port, path }] })
    return answer?.failure === undefined
  }
  const isThere = await Promise.all(servers.map((server) => leave('from', server)))
  await work()
  const lists = await Promise.all(
    servers.map(async (server, index) => {
      // A server that was closed at the beginning and is open now is read from its log's beginning.
      const isOpen = await leave('until', server)
      if (!isOpen && !isThere[index]) return []
      return read(await between(runtime, server, since, mark, isOpen), server)
    }),
  )
  return lists.flat()
}

async function between(
  runtime: Runtime,
  server: string,
  since: string,
  mark: string,
  isOpen: boolean,
): Promise<string> {
  const deadline = performance.now() + 10_000
  for (;;) {
    const [, text = ''] = (await runtime.server(server).output(since)).split(`from=${mark}`)
    const end = text.indexOf(`until=${mark}`)
    if (end >= 0 || !isOpen) return end >= 0 ? text.slice(0, end) : text
    if (performance.now() > deadline)
      throw new EnvironmentError(
        say(`The log of ${server} stands still.`, `${server} 的日志停住了。`),
        `docker logs ${server}`,
      )
    await pause(30)
  }
}

function read(text: string, server: string): Arrival[] {
  return [...text.matchAll(/^([A-Z]+) (\/\S*) (\d{3}) \S+ (\S+)$/gm)]
    .map(([, method = '', path = '', status, client = '']) => {
      return { server, method, path, status: Number(status), client }
    })
    .filter(({ path }) => !path.startsWith('/healthz'))
}
