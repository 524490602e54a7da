import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { brokenIn } from '../../../labs/cli/broken.ts'
import type { Runtime } from '../../../labs/runtime/runtime.ts'

let folder: string
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'four-tiers-broken-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const calls: string[] = []
const note = (call: string) => Promise.resolve(void calls.push(call))
const runtime = {
  server: (name: string) =>
    new Proxy(
      {},
      {
        get: (_, verb: string) => () =>
          verb === 'cut'
            ? Promise.reject(new Error('the cable is stuck'))
            : note(`${verb} ${name}`),
      },
    ),
  refresh: () => note('refresh'),
} as unknown as Runtime
const inAnotherTerminal = () => brokenIn({ live: join(folder, 'live') }, runtime)

test('what one terminal has broken, another knows and mends', async () => {
  await inAnotherTerminal().break('web1', 'hang')
  expect(inAnotherTerminal().list()).toEqual({ web1: 'hang' })
  expect(await inAnotherTerminal().mendAll()).toEqual(['web1'])
  expect(inAnotherTerminal().list()).toEqual({})
  expect(calls).toEqual(['hang web1', 'wake web1', 'refresh'])
})

test('what was broken by half is put back, too', async () => {
  await expect(inAnotherTerminal().break('web1', 'cut')).rejects.toThrow('stuck')
  expect(await inAnotherTerminal().mendAll()).toEqual(['web1'])
})

test('a lab that starts anew has nothing broken in it', async () => {
  await inAnotherTerminal().break('web1', 'kill')
  inAnotherTerminal().forget()
  expect(inAnotherTerminal().list()).toEqual({})
})
