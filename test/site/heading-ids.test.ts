import { createMarkdownRenderer } from 'vitepress'
import { describe, expect, test } from 'vitest'
import { inlineComponents } from '../../.vitepress/config/inline-components.ts'
import { sameHeadingIds } from '../../.vitepress/config/heading-ids.ts'
import { docs, names, readPage } from '../content/pages.ts'

const english = new Map([
  ['tea.md', '---\ntitle: Tea\n---\n\n# Tea\n\n## Green\n\n### Warm\n\n## Green\n'],
])
const renderer = await createMarkdownRenderer(docs, {
  config(md) {
    inlineComponents(md)
    sameHeadingIds(md, (page) => english.get(page) ?? readPage(page, 'en').text)
  },
})

/** `h2 who-has-it`, for every heading. */
function headingsOf(markdown: string, relativePath: string): string[] {
  const html = renderer.render(markdown.replace(/^<<<.*$/gm, ''), { relativePath })
  return [...html.matchAll(/<(h[1-6]) id="([^"]+)"/g)].map(([, level, id]) => `${level} ${id}`)
}

describe.each(names)('%s', (name) => {
  const [en, zh] = [readPage(name, 'en'), readPage(name, 'zh')]
  const own = headingsOf(en.text, name)

  test('has the same headings of each level, under the same ids, in both languages', () => {
    expect(headingsOf(zh.text, `zh/${name}`)).toEqual(own)
    expect(own.length).toBe([...en.prose.matchAll(/^#+ /gm)].length)
  })
})

test('a Chinese heading has the id of the English one at its place, a second of one name too', () => {
  expect(headingsOf('# 茶\n\n## 绿茶\n\n### 温的\n\n## 又是绿茶\n', 'zh/tea.md')).toEqual([
    'h1 tea',
    'h2 green',
    'h3 warm',
    'h2 green-1',
  ])
})

test('where the pages part, a heading keeps its own', () => {
  expect(headingsOf('# 茶\n\n### 温的\n\n## 绿茶\n', 'zh/tea.md')).toEqual([
    'h1 tea',
    'h3 温的',
    'h2 绿茶',
  ])
})

test('a heading leads to itself by the id that it has been given', () => {
  const html = renderer.render('# 茶\n\n## 绿茶\n', { relativePath: 'zh/tea.md' })
  expect(html).toContain('href="#green"')
})
