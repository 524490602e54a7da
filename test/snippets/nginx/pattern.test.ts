import { describe, expect, test } from 'vitest'
import { compilePattern, PatternGaveUp } from '../../../snippets/nginx/pattern/pattern.ts'
import { Seeded } from './seeded.ts'

const matches = (pattern: string, text: string, isCaseless = false): boolean =>
  compilePattern(pattern, isCaseless, 1).test(text)

describe('a pattern means what it means to PCRE', () => {
  test.each([
    ['a.b', 'a\nb', false, 'a dot is no line’s end'],
    ['a$', 'a\n', true, '$ is also before a last line’s end'],
    ['a\\z', 'a\n', false, '\\z is not'],
    ['^[^a]$', 'A', true, 'what is not a may be A'],
    ['(?i)abc', 'ABC', true, '(?i) is for all that follows'],
    ['(?i:a)b', 'AB', false, '(?i:…) for what is inside'],
    ['a++ab', 'aaab', false, 'a possessive part gives nothing back'],
    ['(?>a|ab)c', 'abc', false, 'and neither does an atomic one'],
    ['(?<=a)b', 'ab', true, 'a look behind'],
    ['(?<!a)b', 'ab', false, 'and one that must not'],
    ['[[:alpha:]_-]+$', 'a_-', true, 'a class by its name'],
    ['[]a]', ']', true, 'a ] that stands first is a letter'],
    ['\\x41', 'A', true, 'a byte by its number'],
    ['a{2', 'a{2', true, 'a brace that counts nothing is a letter'],
    ['(?P<x>a)(?<y>b)', 'ab', true, 'names are passed over'],
    ['(a*)*b', 'aab', true, 'a loop whose round may take nothing ends'],
    ['(?:a?){3}$', 'aa', true, 'rounds that take nothing count'],
    ['é', '\u00C3\u00A9', true, 'é is two bytes'],
  ])('%s and %j: %s; %s', (pattern, text, is) => expect(matches(pattern, text)).toBe(is))

  test('A to Z only have another case', () => expect(matches('É', 'é', true)).toBe(false))

  test('what both know, the browser’s engine sees alike', () => {
    const seeded = new Seeded(7)
    const atoms = [
      'a',
      'b',
      '.',
      '[ab]',
      '[^a]',
      '(a|b)',
      '(?:ab|a)',
      '\\w',
      '(?=a)',
      '(?!b)',
      '\\b',
    ]
    const signs = ['', '', '', '*', '+', '?', '*?', '+?', '{1,2}', '{2}', '{0,2}?']
    const wrong = seeded.list(4000, () => {
      const source = seeded
        .list(seeded.between(1, 4), () => {
          const atom = seeded.pick(atoms)
          return atom + (/^\(\?[=!]|^\\b/.test(atom) ? '' : seeded.pick(signs))
        })
        .join(seeded.pick(['', '', '|']))
      const framed = seeded.pick([source, `^${source}`, `^(?:${source})+c`, `(${source})*c$`])
      const text = seeded.list(seeded.below(9), () => seeded.pick(['a', 'b', 'c', ' '])).join('')
      const isSame = matches(framed, text) === new RegExp(framed).test(text)
      return isSame ? undefined : `${framed} on ${text}`
    })
    expect(wrong.filter((one) => one !== undefined)).toEqual([])
  })
})

describe('what this model does not know it refuses by name', () => {
  test.each([
    ['(a)\\1', '`\\1`'],
    ['\\Qa\\E', '`\\Q`'],
    ['(?R)', '`(?R`'],
    ['\\p{L}', '`\\p`'],
    ['(*UTF)a', '`(*UTF`'],
    ['a{,3}', '`{,3}`'],
    ['(?<=a*)b', '`(?<=`'],
    ['^*', '`^*`'],
  ])('%s', (pattern, named) => expect(() => compilePattern(pattern, false, 1)).toThrow(named))
})

describe('a pattern that turns back for ever', () => {
  test.each(['^/(a|a)+$', '^/(a+)+$', '^/(\\w+\\s?)*$', '^/(.*a){11}$'])(
    '%s gives up on 40 letters, within a second or so',
    (pattern) => {
      const before = performance.now()
      expect(() => matches(pattern, `/${'a'.repeat(40)}!`)).toThrow(PatternGaveUp)
      expect(performance.now() - before).toBeLessThan(5000)
    },
  )

  test('on a few letters it answers', () => expect(matches('^/(a|a)+$', '/aaaaab')).toBe(false))

  test('where the byte that every match needs is missing, nothing is tried', () =>
    expect(matches('^/([a-z]+)*\\.html$', `/${'a'.repeat(60)}`)).toBe(false))

  test('a long path in a short pattern ends, too', () =>
    expect(matches('^/(a|b)*$', `/${'ab'.repeat(4000)}`)).toBe(true))
})
