import { randomBytes, scryptSync } from 'node:crypto'

/** Slow on purpose: who steals the list of keys shall not try millions a second. */
const cost = { N: 2 ** 15, r: 8, p: 8, maxmem: 64 * 2 ** 20 }

/** A fresh key, and the fingerprint under which the forum would keep it. */
export async function answerKey(response) {
  const key = randomBytes(16).toString('hex')
  const fingerprint = await fingerprintOf(key)
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ key, fingerprint }))
}

async function fingerprintOf(key) {
  return scryptSync(key, 'teahouse', 32, cost).toString('hex')
}
