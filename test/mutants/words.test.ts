import { describe, expect, test } from 'vitest'
import { readWords } from './words.ts'

const whole = { again: false, shard: { part: 1, of: 1 }, limit: Infinity, only: undefined }

describe('npm run mutate', () => {
  test('alone tells every score', () =>
    expect(readWords([])).toEqual({ what: 'scores', json: false }))

  test('lab 1 judges all that is not judged yet', () =>
    expect(readWords(['lab', '1'])).toEqual({
      ...{ what: 'lab', which: '1', wishes: whole, json: false, list: false },
    }))

  test('takes one mistake by its id', () =>
    expect(readWords(['exercise', 'http-freshness', '0aaeaf72f2'])).toMatchObject({
      ...{ what: 'exercise', which: 'http-freshness', wishes: { only: '0aaeaf72f2' } },
    }))

  test('takes a part of the whole, and no more than so many', () =>
    expect(
      readWords(['lab', '1', '--shard', '2/4', '--limit', '10', '--again', '--json', '--list']),
    ).toMatchObject({
      wishes: { shard: { part: 2, of: 4 }, limit: 10, again: true },
      ...{ json: true, list: true },
    }))

  test('merge takes files', () =>
    expect(readWords(['merge', 'a.json', 'b.json'])).toMatchObject({ files: ['a.json', 'b.json'] }))

  test('-h helps, whatever stands beside it', () =>
    expect(readWords(['nothing', '-h'])).toEqual({ what: 'help' }))
})

describe('what is wrong is said, and what to type next', () => {
  test.each([
    [['museum'], '"museum" is neither lab nor exercise nor merge'],
    [['lab'], 'Which lab?'],
    [['merge'], 'Which files?'],
    [['lab', '1', 'a', 'b'], 'One mistake at a time, not "b" too'],
    [['lab', '1', '--shard', '5/4'], '--shard 5/4: a part of the whole, as 2/4'],
    [['lab', '1', '--shard', '0/4'], '--shard 0/4: a part of the whole, as 2/4'],
    [['lab', '1', '--shard', 'half'], '--shard half: a part of the whole, as 2/4'],
    [['lab', '1', '--limit', 'few'], '--limit few: a number'],
    [['lab', '1', '--limit', '0'], '--limit 0: a number from 1'],
    [['lab', '1', '--quick'], "Unknown option '--quick'"],
  ])('%j', (args, found) =>
    expect(readWords(args)).toBe(
      `${found}${found.endsWith('?') ? '' : '.'} Next: npm run mutate -- --help`,
    ),
  )
})
