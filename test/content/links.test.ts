import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createMarkdownRenderer } from 'vitepress'
import { describe, expect, test } from 'vitest'
import { ownMarkdown } from '../../.vitepress/config/own-markdown.ts'
import { readTerms } from '../../.vitepress/theme/reading/terms.ts'
import { allPages, docs, type Page } from './pages.ts'

const render = await createMarkdownRenderer(docs, { config: ownMarkdown })
const terms = readTerms(join(docs, 'terms')).map(({ id }) => id)

const addressOf = ({ name, lang }: Page) =>
  `${lang === 'zh' ? '/zh' : ''}/${name.replace(/(?:index)?\.md$/, '')}`

/** Where a link may lead inside a page: headings, and the components that have an id of their own. */
function anchorsOf(page: Page): Set<string> {
  const relativePath = `${page.lang === 'zh' ? 'zh/' : ''}${page.name}`
  const html = render.render(page.text.replace(/^<<<.*$/gm, ''), { relativePath })
  const own = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!)
  const questions = [...page.prose.matchAll(/<Predict id="([^"]+)"/g)].map(
    ([, id]) => `predict-${id}`,
  )
  const labs = [...page.prose.matchAll(/<LabBox lab="([^"]+)"/g)].map(([, lab]) => `lab-${lab}`)
  const glossary = page.name === 'glossary.md' ? terms : []
  return new Set([...own, ...questions, ...labs, ...glossary])
}

const anchors = new Map(allPages.map((page) => [addressOf(page), anchorsOf(page)]))

function isSound(link: string, from: Page): boolean {
  const url = new URL(link, `http://book${addressOf(from)}`)
  if (url.host !== 'book') return url.protocol === 'https:'
  const page = anchors.get(url.pathname.replace(/\.(?:md|html)$/, ''))
  if (!page) return existsSync(join(docs, 'public', url.pathname))
  return url.hash === '' || page.has(decodeURIComponent(url.hash.slice(1)))
}

describe.each(allPages)('$lang $name', (page) => {
  test('every link leads somewhere', () => {
    const links = [...page.prose.matchAll(/\]\(([^)\s]+)[^)]*\)|\shref="([^"]+)"/g)].map(
      ([, markdown, html]) => markdown ?? html!,
    )
    expect(links.filter((link) => !isSound(link, page))).toEqual([])
  })

  test('links stay in its language', () => {
    const links = [...page.prose.matchAll(/\]\((\/[^)\s]*)/g)].map(([, link]) => link!)
    expect(links.filter((link) => link.startsWith('/zh/') !== (page.lang === 'zh'))).toEqual([])
  })

  test('every term has its words', () => {
    const used = [...page.prose.matchAll(/<Term\s+id="([^"]*)"/g)].map(([, id]) => id!)
    expect(used.filter((id) => !terms.includes(id))).toEqual([])
  })
})
