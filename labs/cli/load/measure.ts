import autocannon from 'autocannon'
import pc from '../colors.ts'
import stringWidth from 'string-width'
import type { Lab } from '../../catalog/catalog.ts'
import { say } from '../../language.ts'
import { padTo } from '../pad.ts'
import type { Place } from '../../runtime/docker/place.ts'
import type { Runtime } from '../../runtime/runtime.ts'

/** What a row measures. */
export interface LoadPoint {
  /** The servers that are open. */
  readonly servers: readonly string[]
  readonly connections: number
  /** How many rows the whole measurement has. */
  readonly of: number
}

export interface LoadRow extends LoadPoint {
  readonly requestsPerSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Connection errors, time-outs and answers other than 2xx. */
  readonly errors: number
}

interface Listener {
  readonly signal: AbortSignal
  readonly onStart: (row: LoadPoint) => void
  readonly onRow: (row: LoadRow) => void
}

const connections = 20
/** Of a server that stands alone: from one reader to more than it can serve at once. */
const crowds = [1, 10, 100, 300]
/** Seconds a row; long enough for a hundred of the scheduler's 100 ms slices. */
const duration = 6
/** Of its own CPU, so that the servers are the limit and not this machine. */
const share = 0.4

/** With equal servers: one more for each row. With one alone: more readers for each row. */
export function measureLoad(place: Place, runtime: Runtime, listener: Listener): Promise<void> {
  return isAlone(place.lab)
    ? measureCrowds(place, runtime, listener)
    : measureServers(place, runtime, listener)
}

const isAlone = ({ scale }: Lab) => scale.length === 0

async function measureCrowds(
  place: Place,
  runtime: Runtime,
  { signal, onStart, onRow }: Listener,
): Promise<void> {
  const server = place.lab.front.service
  const cpus = await runtime.server(server).cpus()
  try {
    await runtime.server(server).limitCpus(share)
    for (const connections of crowds) {
      signal.throwIfAborted()
      const row = { servers: [server], connections, of: crowds.length }
      onStart(row)
      onRow({ ...row, ...(await shoot(place, connections, signal)) })
    }
  } finally {
    await runtime.server(server).limitCpus(cpus)
  }
}

/** Whatever happens, all servers are open again at the end. */
async function measureServers(
  place: Place,
  runtime: Runtime,
  { signal, onStart, onRow }: Listener,
): Promise<void> {
  const known = new Set((await runtime.status()).map(({ service }) => service))
  const servers = place.lab.scale.filter((server) => known.has(server))
  const cpus = await Promise.all(servers.map((server) => runtime.server(server).cpus()))
  const closed = new Set<string>()
  try {
    for (const [index, server] of servers.entries()) {
      await runtime.server(server).limitCpus(cpus[index]! * share)
      if (index === 0) continue
      await runtime.server(server).refuse()
      closed.add(server)
    }
    for (let count = 1; count <= servers.length; count++) {
      signal.throwIfAborted()
      const open = servers.slice(0, count)
      const added = open.at(-1)!
      if (closed.delete(added)) await runtime.server(added).admit()
      await runtime.refresh()
      const row = { servers: open, connections, of: servers.length }
      onStart(row)
      onRow({ ...row, ...(await shoot(place, connections, signal)) })
    }
  } finally {
    for (const server of closed) await runtime.server(server).admit()
    for (const [index, server] of servers.entries())
      await runtime.server(server).limitCpus(cpus[index]!)
    await runtime.refresh()
  }
}

async function shoot(
  place: Place,
  connections: number,
  signal: AbortSignal,
): Promise<Omit<LoadRow, keyof LoadPoint>> {
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
export function loadTable(rows: readonly LoadRow[], place: Place): string[] {
  const { lab } = place
  const head = [
    isAlone(lab) ? say('readers at once', '同时的读者') : say('web servers', 'Web 服务器'),
    say('requests/s', '请求/秒'),
    'p50',
    'p99',
    say('errors', '错误'),
  ]
  const cells = rows.map((row) => [
    isAlone(lab) ? String(row.connections) : row.servers.join(' '),
    String(row.requestsPerSecond),
    `${row.p50} ms`,
    `${row.p99} ms`,
    String(row.errors),
  ])
  const widths = head.map((_, column) =>
    Math.max(...[head, ...cells].map((row) => stringWidth(row[column]!))),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => padTo(cell, widths[column]!, column > 0 ? 'right' : 'left'))
      .join('   ')
  return [pc.dim(line(head)), ...cells.map(line), ...notes(rows, place).map((note) => pc.dim(note))]
}

function notes(rows: readonly LoadRow[], { lab, kernel }: Place): string[] {
  if (isAlone(lab))
    return [
      say(
        `${duration} s each; ${lab.front.service} held to ${share * 100} % of one CPU, so that it, not your machine, is the limit. More readers get no more answers a second: they wait longer.`,
        `每行 ${duration} 秒；${lab.front.service} 只用一个 CPU 的 ${share * 100}%，这样瓶颈是它而不是你的机器。读者再多，每秒的响应也不会更多，只是等得更久。`,
      ),
    ]
  if (kernel === 'guest')
    return [
      say(
        `${connections} connections for ${duration} s each. Every question passes a director whose kernel runs as a program, and may be the limit: then another server brings no more answers, and is there so that one may die.`,
        `每行 ${connections} 条连接、${duration} 秒。每个请求都要经过一台调度器，而它的内核是当作程序来跑的，可能先到极限：那时再加一台服务器也不会有更多响应，加它是为了坏掉一台也没关系。`,
      ),
    ]
  const how = say(
    `${connections} connections for ${duration} s each; every web server held to ${share * 100} % of its CPU, so that it, not your machine, is the limit.`,
    `每行 ${connections} 条连接、${duration} 秒；每台 Web 服务器只用它 CPU 的 ${share * 100}%，这样瓶颈是它而不是你的机器。`,
  )
  const last = lab.scale.at(-1)
  const missing = say(`${last} comes with the last task.`, `${last} 在最后一个任务里加入。`)
  return lab.scale.length > (rows[0]?.of ?? 0) ? [how, missing] : [how]
}

/** What a row is about to measure. */
export const underLoad = ({ servers, connections }: LoadPoint) =>
  say(
    `${connections} at once on ${servers.join(', ')}`,
    `${connections} 条连接，对 ${servers.join('、')} 施加负载`,
  )
