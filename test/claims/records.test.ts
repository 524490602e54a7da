import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { writtenChapters } from '../../.vitepress/book/chapters.ts'
import { claimsFolder, projectFolder, readRecords } from '../../.vitepress/book/claim-records.ts'
import { claimsIn, problemsIn, readPages } from '../../.vitepress/config/claims.ts'

const records = readRecords()
const pages = readPages()
const idsIn = (page: string) => new Set(claimsIn(pages.get(page) ?? '').map(({ id }) => id))

const testFiles = readdirSync(claimsFolder).filter((name) => name.endsWith('.engine.test.ts'))
const sourceIn = (name: string) => readFileSync(join(claimsFolder, name), 'utf8')
const tested = testFiles.flatMap((name) =>
  [...sourceIn(name).matchAll(/\bclaim\(\s*'([^']+)'/g)].map(([, id]) => id!),
)

describe('the claims of the book', () => {
  test('every one on a page stands: it has a passing test that has not changed since', () => {
    expect(problemsIn(pages, records)).toEqual([])
  })

  test('every test has a record, every record a test, and no two tests prove the same', () => {
    expect([...tested].sort()).toEqual(Object.keys(records).sort())
  })

  test('no test has a sentence that is still to be written', () =>
    expect(testFiles.filter((name) => /\bTODO\b/.test(sourceIn(name)))).toEqual([]))

  test('every record leads to the line where its claim is tested', () => {
    for (const [id, { test: place }] of Object.entries(records)) {
      const lines = readFileSync(join(projectFolder, place.file), 'utf8').split('\n')
      const found = lines.slice(place.line - 1, place.line + 1).join('\n')
      expect(found, id).toContain(`claim(`)
      expect(found, id).toContain(`'${id}'`)
    }
  })

  test('a page and its translation make the same ones', () => {
    for (const page of pages.keys())
      if (!page.startsWith('docs/zh/'))
        expect(idsIn(page.replace('docs/', 'docs/zh/')), page).toEqual(idsIn(page))
  })

  test.each(writtenChapters())('$slug makes at least fifteen', ({ slug }) =>
    expect(idsIn(`docs/${slug}.md`).size).toBeGreaterThanOrEqual(15),
  )
})
