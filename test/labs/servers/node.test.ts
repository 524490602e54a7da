import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { World } from '../../../labs/servers/kind/world.ts'
import { kind } from '../../../labs/servers/node.ts'

const change = {
  by: 'node' as const,
  files: 'app/',
  services: ['web1', 'web2', 'web3'],
  at: '/lab/app',
  module: 'part.ts',
  exports: ['part'],
}
const edits: Parameters<NonNullable<typeof kind.take>>[1] = [
  { change, now: new Map(), before: new Map() },
]

/** Two web servers, which are back only when both have been told to restart. */
function world(exitCode: number, stderr = '') {
  const restarted: string[] = []
  let begin = () => {}
  const bothBegun = new Promise<void>((resolve) => (begin = resolve))
  const fake: Partial<World> = {
    servers: () => Promise.resolve(['nginx', 'web1', 'web2']),
    exec: () => Promise.resolve({ exitCode, stdout: '', stderr }),
    restart(server) {
      restarted.push(server)
      if (restarted.length === 2) begin()
      return bothBegun
    },
  }
  return { world: fake as World, restarted }
}

test('servers that there are take the module, all at once', async () => {
  const { world: there, restarted } = world(0)
  expect(await kind.take!(there, edits)).toEqual([])
  expect(restarted).toEqual(['web1', 'web2'])
})

test('a module that does not load restarts nothing, and is told at its line', async () => {
  const words = 'file:///lab/app/part.ts:7\nreturn\n^\nSyntaxError: Illegal return statement\n'
  const { world: there, restarted } = world(1, words)
  expect(await kind.take!(there, edits)).toMatchObject([
    { file: 'app/part.ts', line: 7, message: 'SyntaxError: Illegal return statement' },
  ])
  expect(restarted).toEqual([])
})

test.each([
  ['a timer', 'setInterval(() => {}, 1000)'],
  ['a server', "import { createServer } from 'node:net'\ncreateServer().listen(0)"],
])('a module that opens %s as soon as it is loaded is taken', async (_, opens) => {
  const at = mkdtempSync(join(tmpdir(), 'four-tiers-module-'))
  onTestFinished(() => rmSync(at, { recursive: true }))
  writeFileSync(join(at, 'part.mjs'), `${opens}\nexport const part = () => {}\n`)
  const { world: there, restarted } = world(0)
  const here: World = {
    ...there,
    exec: (_server, [program = '', ...words]) =>
      new Promise((resolve) =>
        execFile(program, words, (error, stdout, stderr) =>
          resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
        ),
      ),
  }
  const part = { ...change, at, module: 'part.mjs' }
  expect(await kind.take!(here, [{ change: part, now: new Map(), before: new Map() }])).toEqual([])
  expect(restarted).toEqual(['web1', 'web2'])
})

test('two files may become one, but the module keeps its name', () => {
  expect(kind.mayGo!(change, 'app/greeting.ts')).toBe(true)
  expect(kind.mayGo!(change, 'app/part.ts')).toBe(false)
})
