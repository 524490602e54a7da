import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMarkdownRenderer } from 'vitepress'
import { expect, test } from 'vitest'
import {
  chineseFor,
  translatePrinted,
  wordsIn,
} from '../../.vitepress/book/comment-translations.ts'
import { printedComments } from '../../.vitepress/config/printed-comments.ts'
import { projectFolder } from '../../labs/session/folders.ts'
import { allPages, docs, quotesIn } from './pages.ts'

/** Every block of code that the last page has, as it is printed. */
const blocks: string[] = []
const md = await createMarkdownRenderer(docs, {
  config: printedComments,
  highlight: (code) => {
    blocks.push(code)
    return ''
  },
})

function printed(text: string, page: string): readonly string[] {
  blocks.length = 0
  md.render(text, { path: join(docs, page), relativePath: page })
  return [...blocks]
}

const quoted = allPages
  .filter(({ lang }) => lang === 'zh')
  .flatMap((page) => {
    const lines = page.text.split('\n').filter((line) => line.startsWith('<<<'))
    return quotesIn(page).map(({ file }, at) => {
      const path = join(projectFolder, file)
      return { page: page.name, file, path, code: printed(lines[at]!, page.name)[0]! }
    })
  })

test('all that is printed has been found', () => {
  expect(quoted.length).toBeGreaterThan(70)
  expect(quoted.filter(({ code }) => !code)).toEqual([])
})

test('every comment that a Chinese page prints is there in Chinese', () => {
  const without = quoted.flatMap(({ page, file, path, code }) => {
    const chinese = chineseFor(path)
    return wordsIn(code).flatMap((words) => (words in chinese ? [] : [{ page, file, words }]))
  })
  expect(without).toEqual([])
})

test('no translation is left of a comment that is gone', () => {
  const own = JSON.parse(readFileSync(join(docs, 'comments.zh.json'), 'utf8')) as object
  const said = new Set(quoted.flatMap(({ code }) => wordsIn(code)))
  expect(Object.keys(own).filter((words) => !said.has(words))).toEqual([])
})

test('no line of a translation is wider than code may be', () => {
  // A Chinese character takes two columns.
  const wide = (line: string) => [...line].reduce((sum, c) => sum + (c > '\u2E7F' ? 2 : 1), 0)
  const longer = quoted.flatMap(({ path, code }) =>
    translatePrinted(code, chineseFor(path))
      .split('\n')
      .filter((line) => wide(line) > 100 && !code.includes(line)),
  )
  expect(longer).toEqual([])
})

const sameOrigin = '<<< @/../labs/teahouse/same-origin.ts{ts}'

test('a Chinese page prints the same code with Chinese comments, after code as well', () => {
  const [english = ''] = printed(sameOrigin, 'load-balancer.md')
  const [chinese = ''] = printed(sameOrigin, 'zh/load-balancer.md')
  expect(english).toContain('return false // the literal "null"')
  expect(chinese).toContain('return false // 就是 "null" 这个词')
  expect(chinese).toContain(' * 这张表单是从我们自己的页面上来的吗？')
  const withoutComments = (code: string) =>
    code.replaceAll(/\/\*\*[^]*?\*\/|\/\/ .*$/gm, '').replaceAll(/\s+$/gm, '')
  expect(withoutComments(chinese)).toBe(withoutComments(english))
})

test('what stands in the page itself stays as it is written', () => {
  const block = '```ts\n// The node on which the key lives.\n```'
  expect(printed(block, 'zh/a.md')).toEqual(['// The node on which the key lives.\n'])
})
