/**
 * Runs inside the lab's network, in the `client` container, and sends what a check asks for: so a
 * check sees what a visitor sees, on any port and under any name, and nothing has to be published.
 * Started by Node 22 itself, hence no dependency and erasable types only.
 */
import { Agent, createServer, request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { Answer, LabRequest, RequestBatch } from '../../runtime.ts'

const token = process.env.AGENT_TOKEN ?? ''
const front = {
  host: process.env.FRONT_HOST ?? 'nginx',
  port: Number(process.env.FRONT_PORT ?? 80),
}
/** A new connection each time: a kept one would tie every request to one nginx worker. */
const agent = new Agent({ keepAlive: false })
const patience = 5000

function send(wanted: LabRequest): Promise<Answer> {
  const started = performance.now()
  return new Promise((resolve) => {
    const finish = (part: Partial<Answer>) => {
      clearTimeout(timer)
      const ms = Math.round((performance.now() - started) * 10) / 10
      resolve({ status: 0, headers: {}, cookies: [], body: '', ...part, ms })
    }
    const outgoing = request(
      {
        agent,
        host: wanted.to ?? front.host,
        port: wanted.port ?? (wanted.to ? 80 : front.port),
        path: wanted.path,
        method: wanted.method ?? 'GET',
        headers: wanted.headers,
      },
      (incoming) =>
        read(incoming).then(finish, (error: Error) => finish({ failure: error.message })),
    )
    const limit = wanted.timeoutMs ?? patience
    const timer = setTimeout(() => outgoing.destroy(new Error(`no answer in ${limit} ms`)), limit)
    outgoing.on('error', (error) => finish({ failure: error.message }))
    outgoing.end(wanted.body)
  })
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

async function sendAll({ requests, concurrency = 1 }: RequestBatch): Promise<Answer[]> {
  const answers: Answer[] = []
  let next = 0
  const worker = async () => {
    for (let i = next++; i < requests.length; i = next++) answers[i] = await send(requests[i]!)
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  return answers
}

const server = createServer(async (incoming, outgoing) => {
  if (incoming.url === '/healthz') return void outgoing.end('ok')
  // The port is open to every page in the reader's browser; the token is not.
  if (token === '' || incoming.headers['x-lab-token'] !== token)
    return void outgoing.writeHead(403).end()
  try {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const batch = JSON.parse(Buffer.concat(chunks).toString('utf8')) as RequestBatch
    outgoing.setHeader('content-type', 'application/json')
    outgoing.end(JSON.stringify(await sendAll(batch)))
  } catch (error) {
    outgoing.writeHead(400).end(String(error))
  }
})
server.listen(3999)
process.on('SIGTERM', () => process.exit(0))
