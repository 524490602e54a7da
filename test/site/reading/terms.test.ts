import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readTerms } from '../../../.vitepress/theme/reading/terms.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'four-tiers-terms-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const term = (id: string) =>
  `- { id: ${id}, en: { term: A, text: a }, zh: { term: 甲, text: 乙 } }\n`

test('terms come from every file of the folder', () => {
  writeFileSync(join(folder, '00.yaml'), term('one'))
  writeFileSync(join(folder, '01.yaml'), term('two'))
  expect(readTerms(folder).map(({ id }) => id)).toEqual(['one', 'two'])
})

test('a term that stands twice is refused by name', () => {
  writeFileSync(join(folder, '00.yaml'), term('one') + term('one'))
  expect(() => readTerms(folder)).toThrow('the term one stands twice')
})

test('a term without its Chinese is refused, with the file', () => {
  writeFileSync(join(folder, '00.yaml'), '- { id: one, en: { term: A, text: a } }')
  expect(() => readTerms(folder)).toThrow(/00\.yaml[^]*zh/)
})
