import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { codeOf, readExerciseAnswers } from '../../../labs/catalog/answers.ts'
import { type RealServer, startServer } from './real-server.ts'

const exercise = resolve(import.meta.dirname, '../../../exercises/graceful-shutdown')
const answers = readExerciseAnswers(exercise)
const folder = mkdtempSync(join(tmpdir(), 'lifecycles-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A file with this answer in it. */
function fileOf(name: string): string {
  const file = join(folder, `${name}.ts`)
  writeFileSync(file, codeOf(answers.find((answer) => answer.name === name)!))
  return file
}
const right = [
  ['solution', join(exercise, 'solution.ts')] as const,
  ...answers.filter(({ is }) => is === 'right').map(({ name }) => [name, fileOf(name)] as const),
]

let server: RealServer
afterEach(() => void server.process.kill('SIGKILL'))

/** The status of /healthz, asked again until it is this one. */
async function healthBecomes(status: string): Promise<void> {
  while ((await server.get('/healthz')) !== status) await server.get('/healthz')
}

describe.each(right)('%s on node:http, with real signals', (_, file) => {
  test('docker stop costs no reader an answer', async () => {
    server = await startServer(file)
    expect(await server.get('/healthz')).toBe('200')
    const slow = server.get('/slow')
    await server.hears('slow request')

    server.process.kill('SIGTERM')
    await healthBecomes('503')
    await server.hears('port closed')
    expect(await server.get('/healthz')).toBe('lost')
    server.process.kill('SIGTERM')

    server.answerSlowRequests()
    expect(await slow).toBe('200 tea')
    expect(await server.exit).toBe(0)
    expect(server.said.slice(-2)).toEqual(['port closed', 'database closed'])
  })

  test('a request that never ends does not hold up the release: exit 1', async () => {
    server = await startServer(file)
    const slow = server.get('/slow')
    await server.hears('slow request')
    server.process.kill('SIGINT')
    expect(await server.exit).toBe(1)
    expect(await slow).toBe('lost')
  })
})

describe('what the fakes call a mistake is one on a real server', () => {
  test('who exits at the signal loses the requests in flight', async () => {
    server = await startServer(fileOf('exits-at-once'))
    const slow = server.get('/slow')
    await server.hears('slow request')
    server.process.kill('SIGTERM')
    expect(await slow).toBe('lost')
  })

  test('a second signal closes the database a second time', async () => {
    server = await startServer(fileOf('second-signal-starts-again'))
    const slow = server.get('/slow')
    await server.hears('slow request')
    server.process.kill('SIGTERM')
    await server.hears('port closed')
    server.process.kill('SIGTERM')
    while (server.said.filter((line) => line === 'port closed').length < 2)
      await once(server.process, 'message')
    server.answerSlowRequests()
    expect(await slow).toBe('200 tea')
    await server.exit
    expect(server.said.filter((line) => line === 'database closed')).toHaveLength(2)
  })

  test('an answered connection that is kept alive holds up the end until the deadline', async () => {
    server = await startServer(fileOf('waits-for-kept-alive-connections'))
    const slow = server.get('/slow')
    await server.hears('slow request')
    server.process.kill('SIGTERM')
    await server.hears('port closed')
    server.answerSlowRequests()
    expect(await slow).toBe('200 tea')
    expect(await server.exit).toBe(1)
  })

  test('who closes at once never shows the 503', async () => {
    server = await startServer(fileOf('closes-before-anyone-knows'))
    const slow = server.get('/slow')
    await server.hears('slow request')
    server.process.kill('SIGTERM')
    await server.hears('port closed')
    expect(await server.get('/healthz')).toBe('lost')
    server.answerSlowRequests()
    expect(await slow).toBe('200 tea')
  })

  test('who is deaf to Ctrl-C is ended by it', async () => {
    server = await startServer(fileOf('deaf-to-ctrl-c'))
    server.process.kill('SIGINT')
    expect(await server.exit).toBe('SIGINT')
  })
})
