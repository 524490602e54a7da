import { describe, expect, test } from 'vitest'
import { help, parseArguments, rows } from '../../bench/arguments.ts'
import { UsageError } from '../../labs/cli/arguments.ts'

describe('npm run bench', () => {
  test('measures everything when nothing is named', () => {
    expect(parseArguments([])).toEqual(Object.keys(rows))
  })

  test('measures what is named, once and in its own order', () => {
    expect(parseArguments(['failover', 'site', 'failover'])).toEqual(['site', 'failover'])
  })

  test.each(['tears', '--fast'])('says what there is when there is no %s', (word) => {
    const found = `"${word}". There are: site, diagram, playground, caches, labs, applying, stages, tiers, failover`
    expect(() => parseArguments(['site', word])).toThrow(UsageError)
    expect(() => parseArguments(['site', word])).toThrow(found)
  })

  test.each(['--help', '-h'])('explains itself with %s, whatever else is there', (word) => {
    expect(parseArguments(['tears', word])).toBe('help')
  })

  test('the explanation names every row', () => {
    for (const name of Object.keys(rows)) expect(help).toMatch(new RegExp(`^  ${name} +\\S`, 'm'))
  })
})
