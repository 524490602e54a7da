import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { readerOnEngine, whatIsLeft } from './engine-of-tests.ts'
import type { Reader } from './reader.ts'

// What earlier runs, updates and accidents have left must never stand in the way of the next run.

let reader: Reader
let engine: Engine
readerOnEngine((given) => ({ reader, engine } = given))

const own = (file: string) => join(reader.folder, '.four-tiers/labs/tiny', file)
const check = () => reader.run(['1', '--check', 'greeting'])

test('a file that is gone from both copies is told, and the starter’s servers run', async () => {
  await check()
  for (const folder of [reader.path('work'), own('live')]) rmSync(join(folder, 'compose.yaml'))
  const { code, stdout, stderr } = await check()
  expect(stderr).toContain('the last good files do not start any more')
  expect(code, stdout + stderr).toBe(1)
  expect(stdout).toMatch(/compose\.yaml[^]*The file is gone\./)
  expect(stdout).toMatch(/npm\s+run\s+lab\s+1\s+reset/)
  expect((await reader.run(['1', 'reset'])).code).toBe(0)
  expect((await check()).stdout).toContain('0 of 1 tasks pass.')
})

test('a server that does not start is told in its own words', async () => {
  const starter = reader.read('starter/compose.yaml')
  reader.save('starter/compose.yaml', `${starter}    command: [node, nothing.mjs]\n`)
  await reader.run(['1', 'reset'])
  const { code, stderr } = await check()
  reader.save('starter/compose.yaml', starter)
  await reader.run(['1', 'reset'])
  expect(code).toBe(3)
  expect(stderr).toMatch(/Cannot find module .*nothing\.mjs/)
  expect(await whatIsLeft(engine, reader)).toEqual([])
})

test('down never ends a process that only has the pid on record', async () => {
  const stranger = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1e6)'])
  try {
    for (const record of [
      { pid: stranger.pid },
      { pid: stranger.pid, identity: 'another birth' },
    ]) {
      mkdirSync(dirname(own('running.json')), { recursive: true })
      writeFileSync(own('running.json'), JSON.stringify(record))
      const { code, stdout } = await reader.run(['1', 'down', '--data'])
      expect([code, stdout]).toEqual([0, 'Lab 1 is down.\n'])
      expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
      expect(existsSync(own('running.json'))).toBe(false)
    }
  } finally {
    stranger.kill('SIGKILL')
    await once(stranger, 'close')
  }
})

test('an exception that nobody caught is told, and everything is down afterwards', async () => {
  // Thrown from a timer, while the lab is watched.
  const fault = join(reader.folder, 'fault.mjs')
  const when = join(reader.folder, 'now')
  writeFileSync(
    fault,
    `import { existsSync } from 'node:fs'
     import { isMainThread } from 'node:worker_threads'
     if (isMainThread && process.argv[1]?.endsWith('start.mjs'))
       setInterval(() => { if (existsSync(${JSON.stringify(when)})) throw new Error('a fault') }, 100).unref()`,
  )
  const lab = reader.start(['1', '--json'], {
    NODE_OPTIONS: `--import=${pathToFileURL(fault).href}`,
  })
  await lab.says(/"event":"verdict"/)
  writeFileSync(when, '')
  const { code, stdout } = await lab.ended
  expect(code).toBe(3)
  expect(stdout).toContain('"outcome":"error"')
  expect(stdout).toContain('a fault')
  expect(await whatIsLeft(engine, reader)).toEqual([])
})
