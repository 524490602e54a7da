import { randomBytes, scrypt } from 'node:crypto'
import { promisify } from 'node:util'

/** Slow on purpose: who steals the list of keys shall not try millions a second. */
const cost = { N: 2 ** 15, r: 8, p: 8, maxmem: 64 * 2 ** 20 }

// #region async
// On a thread of Node's pool, not on the one that answers everybody.
const hash = promisify(scrypt)

/** A fresh key, and the fingerprint under which the forum would keep it. */
export async function answerKey(response) {
  const key = randomBytes(16).toString('hex')
  const fingerprint = (await hash(key, 'teahouse', 32, cost)).toString('hex')
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ key, fingerprint }))
}
// #endregion async
