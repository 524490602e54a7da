import { createMarkdownRenderer } from 'vitepress'
import { describe, expect, test } from 'vitest'
import { writtenChapters } from '../../.vitepress/book/chapters.ts'
import { sectionNames } from '../../.vitepress/book/headings.ts'
import { labBox } from '../../.vitepress/book/lab-boxes.ts'
import { ownMarkdown } from '../../.vitepress/config/own-markdown.ts'
import { taskAnchor } from '../../.vitepress/config/task-links.ts'
import { readCatalog } from '../../labs/catalog/catalog.ts'
import { labsFolder } from '../../labs/session/folders.ts'
import { docs, readPage } from './pages.ts'

const md = await createMarkdownRenderer(docs, { config: ownMarkdown })
const chapters = writtenChapters()
const labs = readCatalog(labsFolder)

/** What stands under each heading, by its id. */
function sectionsOf(slug: string, lang: 'en' | 'zh'): ReadonlyMap<string, string> {
  const { text, frontmatter, name } = readPage(`${slug}.md`, lang)
  const relativePath = (lang === 'zh' ? 'zh/' : '') + name
  const html = md.render(text.replace(/^<<<.*$/gm, ''), { relativePath, frontmatter })
  const parts = html.split(/<h[1-6] id="([^"]+)"/)
  return new Map(parts.slice(1).flatMap((id, i, all) => (i % 2 ? [] : [[id, all[i + 1]!]])))
}

test('there are labs', () => expect(labs.length).toBeGreaterThan(0))

describe.each(labs)('lab $slug', ({ slug, tasks }) => {
  const chapter = chapters.find((one) => one.slug === slug)!
  const ids = tasks.map(({ id }) => id)

  test('has a section for each of its tasks, and for no other', () => {
    expect(Object.keys(chapter.tasks).sort()).toEqual([...ids].sort())
  })

  describe.each(['en', 'zh'] as const)('in %s', (lang) => {
    const sections = sectionsOf(slug, lang)

    test.each(tasks)('$id is named in the sections that teach it, and in no other', (task) => {
      const link = `<a href="#${taskAnchor(task.id)}">`
      const naming = [...sections].filter(([, html]) => html.includes(link)).map(([id]) => id)
      expect(naming.sort()).toEqual([...chapter.tasks[task.id]!].sort())
      for (const id of naming) expect(sections.get(id)).toMatch(/<p class="in-the-lab">/)
    })

    test('its box names those sections, under the titles that they have', () => {
      const box = labBox(slug, lang)!
      const named = box.tasks.flatMap((task) => task.sections)
      expect(named.length).toBeGreaterThanOrEqual(tasks.length)
      for (const { id, title } of named)
        expect(readPage(`${slug}.md`, lang).text, id).toContain(`# ${title}\n`)
      for (const task of box.tasks)
        expect(task.sections.map(({ id }) => id).sort()).toEqual(
          [...chapter.tasks[task.id]!].sort(),
        )
    })
  })

  test('its chapter’s headings have the ids that the page gives them', () => {
    expect(sectionNames({ slug }).map(({ id }) => id)).toEqual([...sectionsOf(slug, 'en').keys()])
  })
})

test('a search finds no section by the tasks that are named in it', () => {
  const { text, frontmatter } = readPage('load-balancer.md', 'en')
  const env = { relativePath: 'load-balancer.md', frontmatter, forSearch: true }
  expect(md.render(text.replace(/^<<<.*$/gm, ''), env)).not.toContain('in-the-lab')
})
