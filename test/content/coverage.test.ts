import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readChapters, writtenChapters } from '../../.vitepress/book/chapters.ts'
import { readPage } from './pages.ts'

/** Statement's id → the numbers of the chapters that teach it. */
const coverage = parse(readFileSync(join(import.meta.dirname, 'coverage.yaml'), 'utf8')) as Record<
  string,
  readonly number[]
>

test('every statement has a chapter of this book', () => {
  const numbers = readChapters().map(({ number }) => number)
  const homeless = Object.keys(coverage).filter(
    (id) => coverage[id]!.length === 0 || coverage[id]!.some((number) => !numbers.includes(number)),
  )
  expect(homeless).toEqual([])
})

describe.each(writtenChapters())('chapter $number, $slug', ({ number, slug }) => {
  const due = Object.keys(coverage).filter((id) => coverage[id]!.includes(number))

  test.each(['en', 'zh'] as const)('in %s covers what it owes, and nothing unknown', (lang) => {
    const covers = readPage(`${slug}.md`, lang).frontmatter.covers
    expect([...(covers as string[])].sort()).toEqual(due.sort())
  })
})
