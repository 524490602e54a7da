import { randomBytes } from 'node:crypto'
import { Worker } from 'node:worker_threads'

export function answerKey(response) {
  const key = randomBytes(16).toString('hex')
  const worker = new Worker(new URL('./hash.js', import.meta.url), { workerData: key })
  worker.once('message', (fingerprint) => {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ key, fingerprint }))
  })
  worker.once('error', () => response.writeHead(500).end())
}
