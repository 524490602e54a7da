import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pieces } from '../../../.vitepress/theme/inline/pieces.ts'
import { readTerms } from '../../../.vitepress/theme/reading/terms.ts'

const terms = readTerms(join(import.meta.dirname, '../../../docs/terms'))
const texts = terms.flatMap(({ en, zh }) => [en, zh])

test('what stands in backticks is code, and no backtick is left', () => {
  expect(pieces('Send `PURGE` there')).toEqual([
    { text: 'Send ', isCode: false },
    { text: 'PURGE', isCode: true },
    { text: ' there', isCode: false },
  ])
})

test('the glossary has code in it, in pairs of backticks, and none in a term’s own name', () => {
  expect(texts.filter(({ text }) => pieces(text).length > 1).length).toBeGreaterThan(5)
  expect(texts.filter(({ text }) => pieces(text).length % 2 === 0)).toEqual([])
  expect(texts.filter(({ term }) => term.includes('`'))).toEqual([])
})

test('the glossary has no other mark of Markdown, which nobody would read', () => {
  const marked = texts.filter(({ text }) =>
    /\*\*|\]\(|<\w|(?:^|\s)_\w/.test(text.replace(/`[^`]*`/g, '')),
  )
  expect(marked).toEqual([])
})
