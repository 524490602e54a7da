import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Used, componentsIn, docs, names, quotesIn, readPage } from './pages.ts'

/** Each language has its own order of words: inside a sentence, only what stands there must agree. */
const inline = ['Claim', 'Term']
const blocks = (used: Used[]) => used.filter(({ component }) => !inline.includes(component))
const sentences = (used: Used[]) =>
  used
    .filter(({ component }) => inline.includes(component))
    .map(({ component, about }) => `${component} ${about}`)
    .sort()

test('both languages have the same pages', () => {
  expect(readdirSync(join(docs, 'zh')).sort()).toEqual([...names].sort())
})

describe.each(names)('%s', (name) => {
  const en = readPage(name, 'en')
  const zh = readPage(name, 'zh')

  test('quotes the same code in the same order', () => {
    expect(quotesIn(zh)).toEqual(quotesIn(en))
  })

  test('has the same pictures, questions, exercises and labs in the same order', () => {
    expect(blocks(componentsIn(zh))).toEqual(blocks(componentsIn(en)))
  })

  test('makes the same claims and explains the same terms', () => {
    expect(sentences(componentsIn(zh))).toEqual(sentences(componentsIn(en)))
  })

  test('gives the right answers to the same choices', () => {
    const answers = (text: string) =>
      [...text.matchAll(/<Choice( right)?[\s>]/g)].map(([tag]) => tag)
    expect(answers(zh.prose)).toEqual(answers(en.prose))
  })

  test('is about the same, for as long', () => {
    for (const key of ['lab', 'tasks', 'chapter', 'covers', 'minutes', 'layout'])
      expect(zh.frontmatter[key], key).toEqual(en.frontmatter[key])
  })

  test('leaves nothing to be written', () => {
    for (const { file } of [en, zh])
      expect(readFileSync(file, 'utf8').match(/.*\bTODO\b.*/g) ?? [], file).toEqual([])
  })

  test('has as many headings of each level', () => {
    const levels = (text: string) => [...text.matchAll(/^(#+) /gm)].map(([, marks]) => marks)
    expect(levels(zh.prose)).toEqual(levels(en.prose))
  })

  test('is written as Chinese is: its own punctuation, and a space beside Latin words', () => {
    const text = zh.prose.replace(/<[^>]*>|\]\([^)]*\)/g, '')
    const half = text.match(/.{0,6}[\u4e00-\u9fff][,;:?!](?:[\u4e00-\u9fff\s]|$)/gm)
    const cramped = text.match(/.{0,6}(?:[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff])/g)
    expect([...(half ?? []), ...(cramped ?? [])]).toEqual([])
  })
})
