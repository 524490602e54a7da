import { expect, test } from 'vitest'
import { readChapters, writtenChapters } from '../../.vitepress/book/chapters.ts'
import { readCatalog } from '../../labs/catalog/catalog.ts'
import { labsFolder } from '../../labs/session/folders.ts'
import { readPage } from './pages.ts'

const chapters = readChapters()

test('chapters are numbered from 0 on, without a gap, and no two have a slug', () => {
  expect(chapters.map(({ number }) => number)).toEqual(chapters.map((_, index) => index))
  expect(new Set(chapters.map(({ slug }) => slug)).size).toBe(chapters.length)
})

test('a chapter and its lab have the same number', () => {
  const labs = new Map(readCatalog(labsFolder).map(({ slug, number }) => [slug, number]))
  expect(labs.size).toBeGreaterThan(0)
  for (const { slug, number } of writtenChapters()) {
    const { lab } = readPage(`${slug}.md`, 'en').frontmatter
    if (lab !== undefined) expect(labs.get(String(lab)), `the lab of ${slug}`).toBe(number)
  }
})
