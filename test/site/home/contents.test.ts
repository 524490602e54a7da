import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readChapters } from '../../../.vitepress/book/chapters.ts'
import loader from '../../../.vitepress/theme/home/contents.data.ts'
import { messages } from '../../../.vitepress/theme/home/messages.ts'
import { docs } from '../../content/pages.ts'

const { written, toCome } = loader.load()

test('every chapter is shown once: as one to read, or as one to come', () => {
  expect([...written, ...toCome].map(({ slug }) => slug).sort()).toEqual(
    readChapters()
      .map(({ slug }) => slug)
      .sort(),
  )
})

test('a chapter to read has its page, one to come has none', () => {
  expect(written.length).toBeGreaterThan(0)
  const hasPage = ({ slug }: { readonly slug: string }) => existsSync(join(docs, `${slug}.md`))
  expect(written.filter((chapter) => !hasPage(chapter))).toEqual([])
  expect(toCome.filter(hasPage)).toEqual([])
})

test('those to come are counted in words', () => {
  expect(messages.en.toCome(1)).toBe('One more chapter is not written yet')
  expect(messages.en.toCome(8)).toBe('8 more chapters are not written yet')
  expect(messages.zh.toCome(8)).toBe('还有 8 章没写')
})
