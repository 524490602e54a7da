import autocannon from 'autocannon'
import pc from '../colors.ts'
import stringWidth from 'string-width'
import type { Lab } from '../../catalog/catalog.ts'
import { say } from '../../language.ts'
import type { DockerRuntime } from '../../runtime/docker/docker-runtime.ts'
import type { Place } from '../../runtime/docker/place.ts'

export interface LoadRow {
  /** The servers that were open. */
  readonly servers: readonly string[]
  readonly requestsPerSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Connection errors, time-outs and answers other than 2xx. */
  readonly errors: number
}

interface Listener {
  readonly signal: AbortSignal
  readonly onStart: (servers: readonly string[]) => void
  readonly onRow: (row: LoadRow) => void
}

const connections = 20
/** Seconds a row; long enough for a hundred of the scheduler's 100 ms slices. */
const duration = 6
/** Of its own CPU, so that the servers are the limit and not this machine. */
const share = 0.4

/** Opens one server more for each row. Whatever happens, all are open again at the end. */
export async function measureLoad(
  place: Place,
  runtime: DockerRuntime,
  listener: Listener,
): Promise<void> {
  const known = new Set((await runtime.status()).map(({ service }) => service))
  const servers = place.lab.scale.filter((server) => known.has(server))
  const cpus = await Promise.all(servers.map((server) => runtime.cpus(server)))
  const closed = new Set<string>()
  try {
    for (const [index, server] of servers.entries()) {
      await runtime.limitCpus(server, cpus[index]! * share)
      if (index === 0) continue
      await runtime.refuse(server)
      closed.add(server)
    }
    for (let count = 1; count <= servers.length; count++) {
      listener.signal.throwIfAborted()
      const open = servers.slice(0, count)
      const added = open.at(-1)!
      if (closed.delete(added)) await runtime.admit(added)
      await runtime.refresh()
      listener.onStart(open)
      listener.onRow({ servers: open, ...(await shoot(place, listener.signal)) })
    }
  } finally {
    for (const server of closed) await runtime.admit(server)
    for (const [index, server] of servers.entries()) await runtime.limitCpus(server, cpus[index]!)
    await runtime.refresh()
  }
}

async function shoot(place: Place, signal: AbortSignal): Promise<Omit<LoadRow, 'servers'>> {
  const url = `http://127.0.0.1:${Object.values(place.ports)[0]}/`
  const run = autocannon({ url, connections, duration, timeout: 5 })
  const stop = () => (run as unknown as { stop(): void }).stop()
  signal.addEventListener('abort', stop, { once: true })
  const result = await run
  signal.removeEventListener('abort', stop)
  return {
    requestsPerSecond: Math.round(result.requests.average),
    p50: result.latency.p50,
    p99: result.latency.p99,
    errors: result.errors + result.non2xx,
  }
}

/** The rows side by side, as lines. */
export function loadTable(rows: readonly LoadRow[], lab: Lab): string[] {
  const head = [
    say('web servers', 'Web 服务器'),
    say('requests/s', '请求/秒'),
    'p50',
    'p99',
    say('errors', '错误'),
  ]
  const cells = rows.map((row) => [
    row.servers.join(' '),
    String(row.requestsPerSecond),
    `${row.p50} ms`,
    `${row.p99} ms`,
    String(row.errors),
  ])
  const widths = head.map((_, column) =>
    Math.max(...[head, ...cells].map((row) => stringWidth(row[column]!))),
  )
  const line = (row: readonly string[]) =>
    row.map((cell, column) => pad(cell, widths[column]!, column > 0)).join('   ')
  const missing = lab.scale.length > rows.length
  return [
    pc.dim(line(head)),
    ...cells.map(line),
    pc.dim(
      say(
        `${connections} connections for ${duration} s each; every web server held to ${share * 100} % of its CPU, so that it, not your machine, is the limit.`,
        `每行 ${connections} 个连接、${duration} 秒；每台 Web 服务器只用它 CPU 的 ${share * 100}%，这样瓶颈是它而不是你的机器。`,
      ),
    ),
    ...(missing
      ? [pc.dim(say('web3 comes with the last task.', 'web3 在最后一个任务里加入。'))]
      : []),
  ]
}

function pad(cell: string, width: number, right: boolean): string {
  const space = ' '.repeat(width - stringWidth(cell))
  return right ? space + cell : cell + space
}
