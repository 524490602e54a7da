import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const source = /\.(?:ts|mts|mjs|vue)$/
/** The reader's own files, and packages. */
const notOurs = /[\\/](?:work(?:\.[^\\/]*)?|node_modules)[\\/]|^\.vitepress[\\/](?:dist|cache)[\\/]/
const imports = /(?:from|import)\s*\(?\s*'([^']+)'/g

/** What each place may import, besides packages and itself. Dependencies point one way. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  authoring: [
    'labs/language.ts',
    'labs/catalog',
    'labs/session',
    '.vitepress/book',
    '.vitepress/preview',
  ],
  snippets: [],
  exercises: ['snippets'],
  '.vitepress/book': [
    'snippets',
    'labs/language.ts',
    'labs/comments.ts',
    'labs/catalog',
    'labs/session',
  ],
  '.vitepress/theme': [
    '.vitepress/book',
    'snippets',
    'exercises',
    'labs/language.ts',
    'labs/comments.ts',
    'labs/catalog',
    'labs/session',
    'labs/vitest-worker',
  ],
  '.vitepress/config': [
    '.vitepress/book',
    '.vitepress/theme',
    'labs/language.ts',
    'labs/catalog',
    'labs/runtime',
    'labs/session',
  ],
  '.vitepress/preview': ['labs/language.ts', 'labs/runtime', 'labs/session'],
  'labs/language.ts': [],
  'labs/comments.ts': [],
  'labs/teahouse': ['snippets'],
  'labs/servers': ['labs/language.ts', 'snippets'],
  'labs/catalog': ['labs/language.ts', 'labs/servers'],
  'labs/runtime': ['labs/language.ts', 'labs/servers', 'labs/catalog'],
  'labs/kit': ['labs/language.ts', 'labs/servers', 'labs/runtime', 'snippets'],
  'labs/typescript': [],
  'labs/vitest-worker': [],
  'labs/checker': [
    'labs/language.ts',
    'labs/catalog',
    'labs/runtime',
    'labs/kit',
    'labs/typescript',
    'labs/vitest-worker',
  ],
  'labs/session': [
    'labs/language.ts',
    'labs/comments.ts',
    'labs/servers',
    'labs/catalog',
    'labs/runtime',
  ],
  'labs/cli': [
    'labs/language.ts',
    'labs/catalog',
    'labs/runtime',
    'labs/kit',
    'labs/checker',
    'labs/session',
    'labs/typescript',
  ],
}
/** What Node runs, and a browser as well. */
const everywhere = ['snippets', 'labs/vitest-worker']
/** A numbered lab knows the kit, and no other lab. */
const ofALab = ['labs/kit', 'snippets']

const files = ['snippets', 'exercises', 'labs', '.vitepress', 'authoring']
  .flatMap((top) => list(join(root, top)))
  .filter((file) => source.test(file) && !notOurs.test(relative(root, file)))

function list(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
  } catch {
    return []
  }
}

const placeOf = (file: string) => {
  const path = relative(root, file).split(sep)
  return path[0] === 'labs' || path[0] === '.vitepress'
    ? path.slice(0, 2).join('/')
    : (path[0] ?? '')
}

const namedIn = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(imports)].map((match) => match[1]!)

const importsOf = (file: string) =>
  namedIn(file).flatMap((name) => {
    if (name.startsWith('#labs/')) return [join(root, 'labs', name.slice('#labs/'.length))]
    return name.startsWith('.') ? [resolve(dirname(file), name)] : []
  })

const isInside = (file: string, folder: string) => !relative(folder, file).startsWith('..')

describe('dependencies point one way', () => {
  test('there is something to look at', () => expect(files.length).toBeGreaterThan(30))

  test.each(files.map((file) => relative(root, file)))('%s', (name) => {
    const file = join(root, name)
    const own = placeOf(file)
    const isLab = /^labs\/\d\d-/.test(own)
    const may = isLab ? ofALab : allowed[own]
    expect(may, `${own} is not a place that this test knows`).toBeDefined()
    const stray = importsOf(file)
      // A lab's answers stand alone: what they import lies beside them, in the reader's folder.
      .filter((target) => !(isLab && isInside(target, join(root, own))))
      .map(placeOf)
      .filter((place) => place !== own && !may!.includes(place))
    expect(stray).toEqual([])
  })
})

describe('what a browser runs as well imports nothing of Node', () => {
  test.each(everywhere)('%s', (place) => {
    const own = files.filter((file) => placeOf(file) === place)
    expect(own).not.toEqual([])
    const stray = own.filter((file) => namedIn(file).some((name) => name.startsWith('node:')))
    expect(stray).toEqual([])
  })
})
