import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
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
const anEdit = () => ({ change, now: new Map(), before: new Map() })

/** Two web servers, which are back only when both have been told to start anew. */
function world(exitCode: number, stderr = '', fallen: Readonly<Record<string, string>> = {}) {
  const booted: string[] = []
  let begin = () => {}
  const bothBegun = new Promise<void>((resolve) => (begin = resolve))
  const fake: Partial<World> = {
    servers: () => Promise.resolve(['nginx', 'web1', 'web2']),
    exec: () => Promise.resolve({ exitCode, stdout: '', stderr }),
    boot(server) {
      booted.push(server)
      if (booted.length === 2) begin()
      return bothBegun.then(() => fallen[server] ?? '')
    },
  }
  return { world: fake as World, booted }
}

test('servers that there are take the module, all at once', async () => {
  const { world: there, booted } = world(0)
  expect(await kind.take!(there, [anEdit()])).toEqual([])
  expect(booted).toEqual(['web1', 'web2'])
})

test('a module that does not load restarts nothing, and is told at its line', async () => {
  const words = 'file:///lab/app/part.ts:7\nreturn\n^\nSyntaxError: Illegal return statement\n'
  const { world: there, booted } = world(1, words)
  const edit = anEdit()
  expect(await kind.take!(there, [edit])).toMatchObject([
    { file: 'app/part.ts', line: 7, message: 'SyntaxError: Illegal return statement' },
  ])
  await kind.takeBack!(there, [edit])
  expect(booted).toEqual([])
})

describe('a module that loads, and ends its server as soon as it is opened', () => {
  const words = `listens on port 3000
TypeError: of the life before
    at old (file:///lab/app/part.ts:99:1)
TypeError: Cannot read properties of undefined (reading 'url')
    at connect (/app/node_modules/client/index.js:12:5)
    at part (file:///lab/app/client.ts:31:9)
`

  test('is told once, at its line, and the servers take the last good files back', async () => {
    const { world: there, booted } = world(0, '', { web1: words, web2: words })
    const edit = anEdit()
    expect(await kind.take!(there, [edit])).toEqual([
      {
        file: 'app/client.ts',
        line: 31,
        message: "TypeError: Cannot read properties of undefined (reading 'url')",
      },
    ])
    await kind.takeBack!(there, [edit])
    expect(booted).toEqual(['web1', 'web2', 'web1', 'web2'])
  })

  test('is told in its last words where no stack is in them', async () => {
    const { world: there } = world(0, '', { web2: 'database ready\nopenCache returned undefined' })
    const [problem] = await kind.take!(there, [anEdit()])
    expect(problem).toMatchObject({ file: 'app/part.ts' })
    expect(problem?.message).toMatch(/web2.*: openCache returned undefined$/)
  })
})

test('where the server is down there is no trial: it shows by starting', async () => {
  const words = 'Error response from daemon: container 3f2c is not running'
  const { world: there, booted } = world(1, words)
  expect(await kind.take!(there, [anEdit()])).toEqual([])
  expect(booted).toEqual(['web1', 'web2'])
})

test.each([
  ['a timer', 'setInterval(() => {}, 1000)'],
  ['a server', "import { createServer } from 'node:net'\ncreateServer().listen(0)"],
])('a module that opens %s as soon as it is loaded is taken', async (_, opens) => {
  const at = mkdtempSync(join(tmpdir(), 'four-tiers-module-'))
  onTestFinished(() => rmSync(at, { recursive: true }))
  writeFileSync(join(at, 'part.mjs'), `${opens}\nexport const part = () => {}\n`)
  const { world: there, booted } = world(0)
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
  expect(booted).toEqual(['web1', 'web2'])
})

test('two files may become one, but the module keeps its name', () => {
  expect(kind.mayGo!(change, 'app/greeting.ts')).toBe(true)
  expect(kind.mayGo!(change, 'app/part.ts')).toBe(false)
})
