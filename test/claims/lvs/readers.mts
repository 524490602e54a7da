/**
 * A reader who asks again and again, over one kept connection or over a new one each time, until
 * somebody writes to the pipe `over`. Prints how each request went. Run by Node itself: erasable types.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { Agent, get } from 'node:http'
import type { Asked } from './asked.ts'

const [how, host, patience, pipes] = process.argv.slice(2) as [string, string, string, string]
const agent = new Agent({ keepAlive: how === 'kept', maxSockets: 1 })

function ask(round: string, lateMs: number): Promise<Asked> {
  const at = performance.now()
  return new Promise((resolve) => {
    const end = (how: Partial<Asked>) =>
      resolve({ round, lateMs, at, ms: performance.now() - at, ...how })
    const fail = (failure: string) => end({ failure })
    const request = get({ agent, host, path: '/' }, (answer) => {
      const { localPort } = answer.socket
      const servedBy = answer.headers['x-served-by'] as string
      answer.resume()
      answer.on('end', () => end({ servedBy, port: localPort }))
      answer.on('error', (error) => fail(error.message))
    })
    const late = () => request.destroy(new Error('no answer'))
    const timer = setTimeout(late, Number(patience))
    request.on('close', () => clearTimeout(timer))
    request.on('error', (error) => fail(error.message))
  })
}

/** Milliseconds: a reader in a hurry would take the guest's one processor from the directors. */
const pauseMs = 20
/** Resolves to how much longer than that it took. */
async function pause(): Promise<number> {
  const started = performance.now()
  await new Promise((resolve) => setTimeout(resolve, pauseMs))
  return performance.now() - started - pauseMs
}
/** What the test calls the time that it is. */
const round = () => (existsSync(`${pipes}/round`) ? readFileSync(`${pipes}/round`, 'utf8') : '')
const asked: Asked[] = []
let isOver = false
void readFile(`${pipes}/over`).then(() => (isOver = true))
while (!isOver) {
  const late = await pause()
  const one = await ask(round(), late)
  asked.push(one)
  if (asked.length === 5) writeFileSync(`${pipes}/begun`, `${one.port}`)
  if (one.failure !== undefined) writeFileSync(`${pipes}/lost`, '')
}
process.stdout.write(JSON.stringify(asked))
process.exit()
