import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { react, takeIn, type UnderWay } from '../../../snippets/balancing/pass-request.ts'
import { freshState, server, type Upstream } from '../../../snippets/balancing/upstream.ts'
import { takeEngine } from '../../real/engine.ts'
import { withNginx } from '../nginx/real-nginx.ts'
import { fuzzSeed, Seeded } from '../nginx/seeded.ts'
import { configuration } from './real-upstreams.ts'
import { alive } from './traffic.ts'

const seed = fuzzSeed()
const upstreams = 25
const movesEach = 40
const asking = { address: [10, 0, 0, 1], key: '', draw: () => 0 }
let engine: Engine

beforeAll(async () => {
  engine = await takeEngine()
})
afterAll(() => engine?.release())

/** A request whose body is held back: nginx has chosen a server, which waits for the body. */
async function hold(port: number, upstream: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').setNoDelay().setEncoding('latin1')
  await once(socket, 'connect')
  const lines = [
    'POST /hold HTTP/1.1',
    'Host: test',
    'Connection: close',
    `X-Upstream: u${upstream}`,
  ]
  socket.write([...lines, 'Expect: 100-continue', 'Content-Length: 1', '', ''].join('\r\n'))
  const [first] = (await once(socket, 'data')) as [string]
  expect(first).toMatch(/^HTTP\/1.1 100 /)
  return socket
}

/** Sends the body, and reads who answered. */
async function finish(socket: Socket): Promise<string> {
  let text = ''
  socket.on('data', (chunk) => (text += String(chunk)))
  socket.write('x')
  await once(socket, 'end')
  socket.destroy()
  return /X-Tried: (\S+)/.exec(text)![1]!
}

test('with requests under way, least_conn in the model and in nginx choose the same servers', async () => {
  const seeded = new Seeded(seed)
  const all = seeded.list(upstreams, (): Upstream => {
    const names = alive.slice(0, seeded.between(2, 5))
    const servers = names.map((name, index) =>
      server(name, { weight: seeded.pick([1, 1, 2, 3]), down: index > 0 && seeded.isLucky(0.1) }),
    )
    return { method: 'least-conn', servers }
  })
  const http = configuration(all.map((upstream, at) => ({ upstream, hasZone: at % 2 === 0 })))
  await withNginx(engine, http, async ({ port }) => {
    for (const [index, upstream] of all.entries()) {
      let state = freshState(upstream)
      const held: { request: UnderWay; socket: Socket }[] = []
      const finishOne = async () => {
        const [{ request, socket }] = held.splice(seeded.below(held.length), 1) as [
          (typeof held)[0],
        ]
        state = react(upstream, state, request, 'ok', 0).state
        const chosen = upstream.servers[request.server]!.name
        expect(await finish(socket), `FUZZ_SEED=${seed} ${JSON.stringify(upstream)}`).toBe(chosen)
      }
      for (let move = 0; move < movesEach; move++) {
        if (held.length > 0 && seeded.isLucky(0.4)) await finishOne()
        else {
          const taken = takeIn(upstream, state, asking, 0)
          state = taken.state
          held.push({ request: taken.result as UnderWay, socket: await hold(port, index) })
        }
      }
      while (held.length > 0) await finishOne()
    }
  })
})
