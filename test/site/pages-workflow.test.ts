import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { projectFolder } from '../../labs/session/folders.ts'

interface Step {
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, string | number>>
}
interface Job {
  readonly if?: string
  readonly permissions: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>
  readonly jobs: Readonly<Record<'build' | 'publish', Job>>
}

const read = (file: string) => readFileSync(join(projectFolder, file), 'utf8')
const text = read('.github/workflows/pages.yml')
const { jobs, permissions } = parse(text) as Workflow
const { build, publish } = jobs
const using = ({ steps }: Job, action: string) =>
  steps.find(({ uses }) => uses?.startsWith(`actions/${action}@`))

/** As the forge fills it in. */
function baseFor(basePath: string): string {
  const building = build.steps.find(({ run }) => run === 'npm run build')
  const { id } = using(build, 'configure-pages')!
  return building!.env!.FOUR_TIERS_BASE!.replace(`\${{ steps.${id}.outputs.base_path }}`, basePath)
}

test('the base path is the repository’s, and the root where the site has its own domain', () => {
  expect(baseFor('/four-tiers')).toBe('/four-tiers/')
  expect(baseFor('')).toBe('/')
})

test('what was built is what is published, and after it was built', () => {
  expect(using(build, 'upload-pages-artifact')?.with?.path).toBe('.vitepress/dist')
  expect(using(publish, 'deploy-pages')).toBeDefined()
  expect(publish).toMatchObject({ needs: 'build' })
})

test('it needs no secret, and only the job that publishes may write, and only pages', () => {
  expect(text).not.toMatch(/secrets\s*[.[]/)
  expect(permissions).toEqual({ contents: 'read' })
  expect(Object.values(build.permissions)).toEqual(['read', 'read'])
  expect(publish.permissions).toEqual({ pages: 'write', 'id-token': 'write' })
})

test('a repository without pages is left alone', () =>
  expect(build.if).toBe('github.event.repository.has_pages'))

test('each page can say when it was last changed: the whole history is there', () =>
  expect(using(build, 'checkout')?.with?.['fetch-depth']).toBe(0))

test('every action is of a version', () => {
  for (const { uses } of [...build.steps, ...publish.steps])
    if (uses !== undefined) expect(uses).toMatch(/^actions\/[a-z-]+@v\d+$/)
})

test('both READMEs say what other hosts need: the two settings, the folder, the names of pages', () => {
  for (const file of ['README.md', 'README.zh-CN.md'])
    for (const word of ['FOUR_TIERS_BASE=', 'FOUR_TIERS_SITE=', '.vitepress/dist', '$uri.html'])
      expect(read(file), file).toContain(word)
})
