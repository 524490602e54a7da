import { createMarkdownRenderer } from 'vitepress'
import { describe, expect, test } from 'vitest'
import { writtenChapters } from '../../.vitepress/book/chapters.ts'
import { sectionNames } from '../../.vitepress/book/headings.ts'
import { ownMarkdown } from '../../.vitepress/config/own-markdown.ts'
import bookLoader from '../../.vitepress/theme/reading/chapters.data.ts'
import { stepsOf } from '../../.vitepress/theme/reading/steps.ts'
import { docs, readPage } from './pages.ts'

const md = await createMarkdownRenderer(docs, { config: ownMarkdown })
const entries = new Map(bookLoader.load().chapters.map((entry) => [entry.slug, entry]))

/** The text of a page as HTML, without the code that it shows from files. */
function htmlOf(slug: string, lang: 'en' | 'zh', env = {}): string {
  const { text, frontmatter, name } = readPage(`${slug}.md`, lang)
  const relativePath = (lang === 'zh' ? 'zh/' : '') + name
  return md.render(text.replace(/^<<<.*$/gm, ''), { relativePath, frontmatter, ...env })
}

describe.each(writtenChapters())('chapter $slug', ({ slug, parts, minutes }) => {
  const ids = parts.map(({ id }) => id)
  const entry = entries.get(slug)!

  test('has places to rest, the first part beginning with the first section', () => {
    const sections = sectionNames({ slug }).map(({ id }) => id)
    expect(parts.length).toBeGreaterThan(1)
    expect(ids[0]).toBe(sections[1])
    expect(ids).toEqual(sections.filter((id) => ids.includes(id)))
  })

  test('takes about ten minutes from one to the next', () => {
    const times = entry.parts.map((part) => part.minutes)
    for (const time of times) expect(time, times.join(' + ')).toBeGreaterThanOrEqual(7)
    for (const time of times) expect(time, times.join(' + ')).toBeLessThanOrEqual(13)
    expect(Math.abs(times.reduce((sum, time) => sum + time) - minutes)).toBeLessThanOrEqual(2)
  })

  test('has each step in one part, and each part read by itself', () => {
    const { read, predict, quiz, exercise, task } = stepsOf(entry)
    expect(read).toEqual([...ids.slice(0, -1).map((id) => `${slug}/${id}`), slug])
    // A quiz's answers are kept with the predictions.
    for (const kept of [[...predict, ...quiz], exercise, task])
      expect(new Set(kept).size).toBe(kept.length)
  })

  test.each(['en', 'zh'] as const)('offers the rest before its heading, in %s', (lang) => {
    const places = [
      ...htmlOf(slug, lang).matchAll(/<RestingPlace before="([^"]+)" \/>\s*<h2 id="([^"]+)"/g),
    ]
    expect(places.map(([, before]) => before)).toEqual(ids.slice(1))
    expect(places.map(([, , id]) => id)).toEqual(ids.slice(1))
  })
})

test('a search finds nobody resting', () =>
  expect(htmlOf('cache-tier', 'en', { forSearch: true })).not.toContain('RestingPlace'))
