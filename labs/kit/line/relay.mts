/**
 * The wire between the web servers and the database, as a program: bytes pass unread. On request it
 * holds back questions with certain words in them, or the answers to them, and lets them go later: what
 * is a race elsewhere happens here in a known order.
 *
 *   GET /hold?what=answer&words=replies+r&port=3301   from now on, on the wire of this port
 *   GET /held                                         how many are held back just now
 *   GET /seen                                         since then: when these words were asked, by whom;
 *                                                     when who is held back went; when it was let go
 *   GET /release?port=3301                            everything goes its way; without a port, all
 *   GET /drop?port=3301                               connections that are held back end, for good
 */
import { createServer as createHttpServer } from 'node:http'
import { connect, createServer, type Socket } from 'node:net'

const ports = (process.env.WIRE_PORTS ?? '').split(',').map(Number)
const controlPort = Number(process.env.CONTROL_PORT ?? 8000)
const [host = 'db', targetPort = '3306'] = (process.env.TARGET ?? '').split(':')

interface Hold {
  readonly what: string
  readonly words: string
}

/** A connection: what it holds back, and where that goes in the end. */
interface Wire {
  readonly port: number
  readonly near: Socket
  to?: Socket
  chunks: Buffer[]
}

/** Something that came to pass on the wire of `port`; `at` in milliseconds. */
interface Seen {
  readonly what: 'asked' | 'ended' | 'released'
  readonly port: number
  readonly at: number
}

const holds = new Map<number, Hold>()
/** Since the first hold; `asked` are its words, on any wire. */
let seen: Seen[] = []
let words = ''
const wires = new Set<Wire>()

const note = (what: Seen['what'], port: number) => seen.push({ what, port, at: performance.now() })

function holdBack(port: number, wish: Hold): void {
  if (holds.size === 0) seen = []
  words = wish.words
  holds.set(port, wish)
}

function carry(near: Socket, port: number): void {
  const far = connect({ host, port: Number(targetPort), noDelay: true })
  const wire: Wire = { port, near, chunks: [] }
  wires.add(wire)
  const pass = (to: Socket, chunk: Buffer) => {
    if (wire.to === to) wire.chunks.push(chunk)
    else to.write(chunk)
  }
  near.on('data', (chunk: Buffer) => {
    if (words && chunk.includes(words)) note('asked', port)
    const hold = holds.get(port)
    if (hold && chunk.includes(hold.words)) wire.to ??= hold.what === 'question' ? far : near
    pass(far, chunk)
  })
  far.on('data', (chunk: Buffer) => pass(near, chunk))
  const end = () => {
    if (wires.delete(wire) && wire.to) note('ended', port)
    near.destroy()
    far.destroy()
  }
  for (const socket of [near, far]) socket.on('error', end).on('close', end)
}

function release(port: number | undefined): void {
  for (const one of ports) if (one === (port ?? one)) holds.delete(one)
  for (const wire of wires) {
    if (wire.port !== (port ?? wire.port)) continue
    const { to, chunks } = wire
    if (to) note('released', wire.port)
    wire.to = undefined
    wire.chunks = []
    for (const chunk of chunks) to?.write(chunk)
  }
}

/** From now on nothing is held here; what was, never comes. */
function drop(port: number): void {
  holds.delete(port)
  for (const wire of wires) if (wire.port === port && wire.chunks.length > 0) wire.near.destroy()
}

for (const port of ports) createServer({ noDelay: true }, (near) => carry(near, port)).listen(port)

createHttpServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://line')
  const port = Number(searchParams.get('port')) || undefined
  const asked = searchParams.get('words')
  if (pathname === '/hold' && port && asked)
    holdBack(port, { what: searchParams.get('what') ?? 'answer', words: asked })
  if (pathname === '/release') release(port)
  if (pathname === '/drop' && port) drop(port)
  const held = [...wires].filter(({ chunks }) => chunks.length > 0).length
  response.end(pathname === '/seen' ? JSON.stringify(seen) : String(held))
}).listen(controlPort)

process.on('SIGTERM', () => process.exit(0))
