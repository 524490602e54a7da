import { scryptSync } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'

const cost = { N: 2 ** 15, r: 8, p: 8, maxmem: 64 * 2 ** 20 }
parentPort.postMessage(scryptSync(workerData, 'teahouse', 32, cost).toString('hex'))
