/**
 * What the lab's own client sends, and what comes back. Run by Node 22 itself, hence no dependency
 * and erasable types only.
 */
import { Agent, request } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Answer, LabRequest, RequestBatch } from '../../runtime.ts'
import type { Verb } from './serve.mts'

const front = {
  host: process.env.FRONT_HOST ?? 'nginx',
  port: Number(process.env.FRONT_PORT ?? 80),
}
/** A new connection each time: a kept one would tie every request to one nginx worker. */
const agent = new Agent({ keepAlive: false })
const patience = 5000
const late = 'no answer'
/** Milliseconds without a sign of anybody, after which the rest of a batch is not sent. */
const silence = 20_000
const nothing: Answer = { status: 0, headers: {}, cookies: [], body: '', ms: 0 }
const notSent: Answer = {
  ...nothing,
  failure: `${late} to anything before it in ${silence} ms: not sent`,
}

interface Flight {
  readonly outgoing: ClientRequest
  readonly answer: Promise<Answer>
}

/** The request on its way, its body not yet sent. */
function begin(wanted: LabRequest): Flight {
  const started = performance.now()
  const outgoing = request({
    agent,
    host: wanted.to ?? front.host,
    port: wanted.port ?? (wanted.to ? 80 : front.port),
    path: wanted.path,
    method: wanted.method ?? 'GET',
    headers: wanted.headers,
    localAddress: wanted.from,
  })
  const answer = new Promise<Answer>((resolve) => {
    const finish = (part: Partial<Answer>) => {
      clearTimeout(timer)
      const ms = Math.round((performance.now() - started) * 10) / 10
      resolve({ ...nothing, ...part, ms })
    }
    const limit = wanted.timeoutMs ?? patience
    const timer = setTimeout(() => outgoing.destroy(new Error(`${late} in ${limit} ms`)), limit)
    outgoing.on('response', (incoming) =>
      read(incoming).then(finish, (error: Error) => finish({ failure: error.message })),
    )
    outgoing.on('error', (error) => finish({ failure: error.message }))
  })
  return { outgoing, answer }
}

function send(wanted: LabRequest): Promise<Answer> {
  const { outgoing, answer } = begin(wanted)
  outgoing.end(wanted.body)
  return answer
}

async function read(incoming: IncomingMessage): Promise<Partial<Answer>> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
  return {
    status: incoming.statusCode ?? 0,
    headers,
    cookies: incoming.headers['set-cookie'] ?? [],
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

async function sendAll(batch: RequestBatch): Promise<Answer[]> {
  const { requests, concurrency = 1, bodies = true } = batch
  const answers: Answer[] = []
  let next = 0
  let heardAt = performance.now()
  const worker = async () => {
    for (let i = next++; i < requests.length; i = next++) {
      const isSilent = performance.now() - heardAt >= silence
      const answer = isSilent ? notSent : await send(requests[i]!)
      if (!answer.failure?.startsWith(late)) heardAt = performance.now()
      answers[i] = bodies ? answer : { ...answer, body: '' }
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return answers
}

const held = new Map<number, Flight & { readonly body: string }>()
let count = 0

/** "100 Continue" is the server's word that it has read the headers, and waits for the body. */
async function hold(wanted: LabRequest): Promise<number> {
  const body = wanted.body ?? ''
  const length = String(Buffer.byteLength(body))
  const headers = { ...wanted.headers, expect: '100-continue', 'content-length': length }
  const flight = begin({ ...wanted, headers })
  flight.outgoing.flushHeaders()
  await Promise.race([
    new Promise((resolve) => flight.outgoing.once('continue', resolve)),
    flight.answer,
  ])
  held.set(++count, { ...flight, body })
  return count
}

async function finish(number: number): Promise<Answer> {
  const flight = held.get(number)
  if (!flight) throw new Error(`no request ${number} is held`)
  held.delete(number)
  flight.outgoing.end(flight.body)
  return flight.answer
}

/** What a check may ask of the client, by the path of its wish. */
export const verbs: Readonly<Record<string, Verb>> = {
  '/': sendAll,
  '/hold': hold,
  '/finish': finish,
}
