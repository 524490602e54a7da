import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCatalog } from '../../../labs/catalog/catalog.ts'
import { kind as node } from '../../../labs/servers/node.ts'
import { labsFolder } from '../../../labs/session/folders.ts'
import { clientAddress } from '../../../labs/teahouse/client-address.ts'
import { loadParts } from '../../../labs/teahouse/load-parts.ts'
import { ownFunctions, parts, type Parts, variableOf } from '../../../labs/teahouse/parts.ts'

/** The table with one row more, as the next lab would add it. */
const longer = {
  ...parts,
  'hash-ring.ts': {
    serverOf: (key: string, servers: readonly string[]) => servers[key.length % 2],
  },
} satisfies Parts

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'teahouse-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function write(name: string, text: string): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, text)
  return file
}

describe('a row more in the table', () => {
  test("is enough for Teahouse to take the reader's file", async () => {
    const file = await write(
      'hash-ring.ts',
      'export const serverOf = (_: string, servers: readonly string[]) => servers.at(-1)',
    )
    const { serverOf } = await loadParts(longer, { HASH_RING_MODULE: file })
    expect(serverOf('tea', ['redis1', 'redis2', 'redis3'])).toBe('redis3')
  })

  test('is enough for Teahouse to do it by itself where no file is named', async () => {
    const { serverOf } = await loadParts(longer, { HASH_RING_MODULE: '' })
    expect(serverOf('tea', ['redis1', 'redis2', 'redis3'])).toBe('redis2')
    expect(ownFunctions(longer).serverOf).toBe(serverOf)
  })

  test('is enough for a file without its function to be refused in words', async () => {
    const file = await write('wrong.ts', 'export const ring = 1')
    await expect(loadParts(longer, { HASH_RING_MODULE: file })).rejects.toThrow(
      `HASH_RING_MODULE=${file} exports no function serverOf. Set it to a TypeScript file that exports a function serverOf`,
    )
  })

  test('leaves the other rows as they are', async () => {
    const file = await write(
      'cache-policy.ts',
      'export const cachePolicy = () => ({})\nexport const noticesOf = () => []\nexport const more = 1',
    )
    const functions = await loadParts(longer, { CACHE_POLICY_MODULE: file })
    expect(functions.clientAddress).toBe(clientAddress)
    expect(functions.cachePolicy).toBeTypeOf('function')
    expect(Object.keys(functions).sort()).toEqual(
      ['cachePolicy', 'clientAddress', 'noticesOf', 'openCache', 'serverOf'].sort(),
    )
  })
})

test('a file that does not load is told with the variable that named it', async () => {
  await expect(loadParts(parts, { CLIENT_ADDRESS_MODULE: '/nowhere.ts' })).rejects.toThrow(
    /^CLIENT_ADDRESS_MODULE=\/nowhere\.ts can't be loaded \(.+\)\. Set it to .* clientAddress$/,
  )
})

describe("a lab's own part", () => {
  const changes = readCatalog(labsFolder).flatMap(({ slug, folder, changes }) =>
    changes
      .filter(({ by }) => by === 'node')
      .map((change) => ({ slug, folder, ...node.change.parse(change) })),
  )
  const read = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8') : '')

  test.each(changes)(
    'in $slug is tried and named as its row says',
    ({ folder, at, module, exports }) => {
      expect(Object.keys(parts)).toContain(module)
      expect(exports).toEqual(Object.keys(parts[module as keyof typeof parts]))
      // The servers are the lab's own, or the reader's.
      const compose = ['compose.yaml', 'solution/compose.yaml'].map((name) =>
        read(join(folder, name)),
      )
      expect(compose.join('\n')).toContain(`${variableOf(module)}: ${at}/${module}`)
    },
  )
})
