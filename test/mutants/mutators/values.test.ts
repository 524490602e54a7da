import { describe, expect, test } from 'vitest'
import { wrongPatterns } from './patterns.ts'
import { wrongWords } from './values.ts'

const wrong = (word: string, ...peers: string[]) =>
  wrongWords(word, peers).map(({ becomes }) => becomes)

describe('in the place of a word stands', () => {
  test.each<[string, string, readonly string[]]>([
    ['a flag', 'on', ['off']],
    ['an operator', '==', ['!=']],
    ['a number', '3', ['4', '30', '0']],
    ['a number that is 0 only once', '0', ['1']],
    ['a time', '10s', ['100s', '0s']],
    ['a part of a second', '0.1', ['1.1', '1', '0']],
    ['an assigned number', 'weight=2', ['weight=3', 'weight=20', 'weight=0']],
    ['an address', '10.0.0.9', ['10.0.0.10']],
    ['an address and a mask', '10.0.0.9/24', ['10.0.0.10/24', '10.0.0.9']],
    ['a path', '/static/', ['/static', '/']],
    ['the front page', '/', []],
    ['a text', '"no"', ['""']],
    ['a text that is empty', "''", ["'other'"]],
  ])('%s', (_, word, others) => expect(wrong(word)).toEqual(others))

  test('the next that stands there elsewhere', () => {
    expect(wrong('web1', 'web1', 'web2', 'web3')).toEqual(['web2'])
    expect(wrong('web3', 'web1', 'web2', 'web3')).toEqual(['web1'])
  })

  test('a name that nobody has, where there is no other', () => {
    expect(wrong('web1', 'web1')).toEqual(['otherweb1'])
    expect(wrong('$host')).toEqual(['$otherhost'])
  })

  test('another port, and another server', () =>
    expect(wrong('web1:3000', 'web1:3000', 'web2:3000')).toEqual(['web1:3001', 'web2:3000']))

  test('a pattern with a mark forgotten', () => {
    expect(wrong('~^/a$')).toEqual(['~/a$', '~^/a', '^/a$'])
    expect(wrong('^/a$')).toEqual(['/a$', '^/a'])
  })
})

describe('a pattern loses', () => {
  test.each<[string, string, string]>([
    ['its anchor at the left', '^/a', '/a'],
    ['its anchor behind flags', '(?i)^/a', '(?i)/a'],
    ['its anchor at the right', '/a$', '/a'],
    ['its flags', '(?i)/a', '/a'],
    ['a backslash', String.raw`\.css`, '.css'],
    ['a repetition', 'ab+c', 'abc'],
    ['the first of its choices', String.raw`(?:css|js)`, '(?:js)'],
    ['the second', String.raw`(?:css|js)`, '(?:css)'],
  ])('%s', (_, pattern, other) => expect(wrongPatterns(pattern)).toContain(other))

  test('nothing, where there is nothing to lose', () => expect(wrongPatterns('abc')).toEqual([]))
  test('no dollar that means itself', () => expect(wrongPatterns(String.raw`a\$`)).toEqual([]))
})
