import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { writtenChapters } from '../../.vitepress/book/chapters.ts'
import { rootOf } from '../../.vitepress/book/page-language.ts'
import { sidebar } from '../../.vitepress/config/sidebar.ts'
import { projectFolder } from '../../labs/session/folders.ts'
import { componentsIn, readPage } from './pages.ts'

const [first] = writtenChapters()

describe.each(['en', 'zh'] as const)('how the book works, in %s', (lang) => {
  const address = `${rootOf(lang)}/how-it-works`
  const page = readPage('how-it-works.md', lang)

  test('is told before the first chapter, under the name that the page has', () => {
    const [begin] = sidebar(lang).flatMap(({ items = [] }) => items)
    expect(begin).toEqual({ text: page.frontmatter.title, link: address })
  })

  test('is one link away from the first chapter, before its first section', () => {
    const [opening] = readPage(`${first!.slug}.md`, lang).prose.split(/^## /m)
    expect(opening).toContain(`](${address})`)
  })

  test('shows a mark and a question of its own, and leads to the first chapter and to progress', () => {
    expect(componentsIn(page).map(({ component }) => component)).toEqual(
      expect.arrayContaining(['Claim', 'Predict']),
    )
    for (const slug of [first!.slug, 'progress', 'mistakes'])
      expect(page.prose).toContain(`](${rootOf(lang)}/${slug})`)
  })
})

test('the first page leads there', () => {
  const home = readFileSync(join(projectFolder, '.vitepress/theme/home/HomePage.vue'), 'utf8')
  expect(home).toContain(`:href="linkTo('how-it-works')"`)
})
