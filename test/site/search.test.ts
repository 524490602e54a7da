import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readSectionWords, wordsAt } from '../../.vitepress/book/section-words.ts'
import { search } from '../../.vitepress/config/search.ts'
import { sectionsOf } from '../../.vitepress/config/search-sections.ts'
import { readTerms } from '../../.vitepress/theme/reading/terms.ts'
import { docs } from '../content/pages.ts'
import { openIndex } from './search-index.ts'

/** By language: what is typed, and the section that explains it, or those that do equally. */
type Queries = Readonly<Record<'en' | 'zh', Readonly<Record<string, string | readonly string[]>>>>

const queries = parse(
  readFileSync(join(import.meta.dirname, 'search-queries.yaml'), 'utf8'),
) as Queries
const words = [...readSectionWords()].flatMap(([slug, sections]) =>
  Object.entries(sections).map(([id, phrases]) => ({ section: `${slug}#${id}`, phrases })),
)

describe.each(['en', 'zh'] as const)('the index, in %s', (lang) => {
  let find: Awaited<ReturnType<typeof openIndex>>['find']
  let sections: readonly string[]
  beforeAll(async () => {
    ;({ find, sections } = await openIndex(lang))
  })

  test('has all the sections for which there are words', () => {
    expect(words.map(({ section }) => section).filter((id) => !sections.includes(id))).toEqual([])
  })

  const asked = Object.entries(queries[lang])
  test('is asked at least fifty things', () => expect(asked.length).toBeGreaterThanOrEqual(50))

  test.each(asked)('“%s” finds %s', (query, wanted) => {
    const found = find(query)
    if (typeof wanted === 'string') expect(found[0]).toBe(wanted)
    else expect(found.slice(0, 3)).toEqual(expect.arrayContaining([...wanted]))
  })

  test.each(words)('what readers call $section finds it among the first three', (known) => {
    const astray = known.phrases[lang].filter((p) => !find(p).slice(0, 3).includes(known.section))
    expect(astray).toEqual([])
  })

  test('has every term of the glossary', () => {
    const missing = readTerms(join(docs, 'terms')).filter(
      ({ id, ...term }) => !find(term[lang].term).includes(`glossary#${id}`),
    )
    expect(missing.map(({ id }) => id)).toEqual([])
  })

  test('has nothing of what the book does not speak of', () => {
    expect(find(lang === 'zh' ? '长颈鹿' : 'giraffe')).toEqual([])
  })
})

test('a Chinese term is found by its English word, too', async () => {
  const { find } = await openIndex('zh')
  expect(find('gratuitous')).toContain('glossary#gratuitous-arp')
})

test('a section has the words of its own language, and none has those of a name that is not there', () => {
  expect(wordsAt('/base/zh/one-redis#redis-is-full')).toContain('淘汰策略')
  expect(wordsAt('/base/one-redis#redis-is-full')).toContain('eviction policy')
  expect(wordsAt('/base/one-redis#no-such-section')).toBe('')
  expect(wordsAt('/base/glossary#redis')).toBe('')
})

test('a section has the headings above it, and not those beside it', () => {
  const link = (id: string) => `<a class="header-anchor" href="#${id}">&ZeroWidthSpace;</a>`
  const html = `<h1 id="a">A ${link('a')}</h1><p>one</p><h2 id="b">B ${link('b')}</h2><p>two</p>
    <h3 id="c">C ${link('c')}</h3><p><b>three</b></p><h2 id="d">D ${link('d')}</h2><p>four</p>`
  expect(sectionsOf(html)).toEqual([
    { anchor: 'a', titles: ['A'], text: 'one' },
    { anchor: 'b', titles: ['A', 'B'], text: 'two' },
    { anchor: 'c', titles: ['A', 'B', 'C'], text: 'three' },
    { anchor: 'd', titles: ['A', 'D'], text: 'four' },
  ])
})

test('results come with an excerpt, unless the reader folds them', () => {
  expect(search.options?.detailedView).toBe(true)
})
