import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allPages, quotesIn } from './pages.ts'

const root = join(import.meta.dirname, '../..')

/** VitePress prints the whole file where it does not find the region: it must be there, once. */
function marksOf(text: string, region: string) {
  const count = (word: string) =>
    text.split('\n').filter((line) => new RegExp(`(?:#|//) ?#?${word} ${region}\\s*$`).test(line))
      .length
  return { begins: count('region'), ends: count('endregion') }
}

describe.each(allPages)('$lang $name', (page) => {
  test('quotes only code that is there', () => {
    const quotes = quotesIn(page)
    expect(quotes.filter(({ file }) => !existsSync(join(root, file)))).toEqual([])
    const misspelt = quotes.filter(({ file, region }) => {
      if (!region) return false
      const { begins, ends } = marksOf(readFileSync(join(root, file), 'utf8'), region)
      return begins !== 1 || ends !== 1
    })
    expect(misspelt).toEqual([])
  })

  test('quotes code with the mark that is understood', () => {
    const lines = page.text.split('\n').filter((line) => line.startsWith('<<<'))
    expect(lines).toHaveLength(quotesIn(page).length)
  })
})

test('a misspelt region would be noticed', () => {
  const text = '# region upstream\nx\n# endregion upstream\n'
  expect(marksOf(text, 'upstream')).toEqual({ begins: 1, ends: 1 })
  expect(marksOf(text, 'upstreams')).toEqual({ begins: 0, ends: 0 })
})
