import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Options } from '../../../labs/cli/arguments.ts'
import { clean } from '../../../labs/cli/commands/clean.ts'
import type { Context } from '../../../labs/cli/context.ts'
import { usersIn } from '../../../labs/runtime/docker/offline/users.ts'
import { claim } from '../../../labs/session/running.ts'
import { labs } from '../lab-under-test.ts'

let folder: string
const at = (file: string) => join(folder, file)
const write = (file: string, text: string) => {
  mkdirSync(dirname(at(file)), { recursive: true })
  writeFileSync(at(file), text)
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'four-tiers-clean-'))
  vi.stubEnv('FOUR_TIERS_HOME', folder)
  vi.stubEnv('FOUR_TIERS_CACHE', folder)
  write('engine/packages/engine-1/bin/docker', 'x'.repeat(2_000_000))
  write('engine/data/volumes/db', 'x'.repeat(3_000_000))
  write('browser/packages/chromium', 'x'.repeat(4_000_000))
  write('labs/load-balancer/live/nginx.conf', 'x')
  write('progress.json', '{"load-balancer":{}}')
  write('hints.json', '{}')
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

function cleanAs(options: Partial<Options>) {
  const lines: string[] = []
  const out = {
    isTerminal: false,
    line: (text = '') => void lines.push(text),
    json: (value: unknown) => void lines.push(JSON.stringify(value)),
  }
  const context = { labs, out, options, signal: new AbortController().signal } as unknown as Context
  return { lines, ended: clean(context) }
}

test('everything that can be brought again goes, with its size; progress and hints stay', async () => {
  const { lines, ended } = cleanAs({ yes: true })
  expect(await ended).toBe(0)
  expect(lines[0]).toBe('  the engine: 2 MB')
  expect(lines).toContain('  the browser: 4 MB')
  expect(lines.at(-1)).toBe('9 MB are free again.')
  for (const gone of ['engine', 'browser', 'labs']) expect(existsSync(at(gone)), gone).toBe(false)
  expect(readFileSync(at('progress.json'), 'utf8')).toContain('load-balancer')
  expect(existsSync(at('hints.json'))).toBe(true)
})

test('a second time there is nothing to give back', async () => {
  await cleanAs({ yes: true }).ended
  const { lines, ended } = cleanAs({})
  expect(await ended).toBe(0)
  expect(lines).toEqual(['0 MB are free again.'])
})

test('where nobody can be asked, nothing is thrown away without --yes', async () => {
  await expect(cleanAs({}).ended).rejects.toMatchObject({ next: 'npm run lab clean -- --yes' })
  await expect(cleanAs({ json: true }).ended).rejects.toThrow('Without a terminal')
  expect(existsSync(at('engine/data/volumes/db'))).toBe(true)
})

test('while a lab runs nothing is thrown away', async () => {
  await claim(at('labs/load-balancer/running.json'))
  await expect(cleanAs({ yes: true }).ended).rejects.toMatchObject({ next: 'npm run lab 1 down' })
  expect(existsSync(at('browser'))).toBe(true)
})

test('while a lab of another copy of the project uses the engine, neither', async () => {
  const leave = await usersIn(at('engine')).join()
  await expect(cleanAs({ yes: true }).ended).rejects.toThrow(`Process ${process.pid} uses`)
  expect(existsSync(at('engine/data/volumes/db'))).toBe(true)
  await leave()
  expect(await cleanAs({ yes: true }).ended).toBe(0)
})
