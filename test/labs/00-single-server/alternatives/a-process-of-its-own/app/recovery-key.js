import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'

const script = `const cost = { N: 2 ** 15, r: 8, p: 8, maxmem: 64 * 2 ** 20 }
process.stdout.write(require('crypto').scryptSync(process.argv[1], 'teahouse', 32, cost).toString('hex'))`

export function answerKey(response) {
  const key = randomBytes(16).toString('hex')
  execFile(process.execPath, ['-e', script, key], (error, fingerprint) => {
    if (error) return response.writeHead(500).end()
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ key, fingerprint }))
  })
}
