import { readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { projectFolder } from '../../labs/session/folders.ts'

const theme = '.vitepress/theme'
const loaders = readdirSync(join(projectFolder, theme), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.data.ts'))
  .map((file) => join(theme, file))

/** The folders of the project that VitePress goes through for these patterns: what they have in common. */
function crawled(file: string, watch: readonly string[]): string {
  const folders = watch
    .filter((pattern) => !pattern.startsWith('!'))
    .map((pattern) => resolve(projectFolder, dirname(file), pattern.replace(/[^/]*[*{].*/, '')))
    .map((folder) => relative(projectFolder, folder).split('/'))
  const [first = [], ...rest] = folders
  const common = first.findIndex((part, index) => rest.some((folder) => folder[index] !== part))
  return (common === -1 ? first : first.slice(0, common)).join('/')
}

test.each(loaders)(
  '%s does not go through the files of the servers that have run',
  async (file) => {
    const { default: loader } = (await import(join(projectFolder, file))) as {
      readonly default: { readonly watch: readonly string[] }
    }
    if (crawled(file, loader.watch) === '')
      expect(loader.watch).toEqual(expect.arrayContaining(['!**/.four-tiers/**', '!**/.git/**']))
  },
)
