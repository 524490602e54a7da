import { describe, expect, test } from 'vitest'
import { bounds, Logbook } from '../../../../.vitepress/theme/playground/judge/logbook.ts'
import { printed } from '../../../../.vitepress/theme/playground/judge/printed.ts'

describe('a value in words', () => {
  class Server {
    readonly name = 'a'
  }
  const circle: Record<string, unknown> = {}
  circle.itself = circle
  test.each([
    ['a text as it is', ['a', 1], 'a 1'],
    ['a text inside', [['a']], "['a']"],
    ['an object', [{ a: 1, b: [true, null, undefined] }], '{ a: 1, b: [true, null, undefined] }'],
    ['an empty one', [{}, []], '{} []'],
    ['of a class', [new Server()], "Server { name: 'a' }"],
    ['of no class', [Object.create(null)], '{}'],
    ['a map and a set', [new Map([['a', 1]]), new Set([2])], "Map {'a' => 1} Set {2}"],
    ['an error', [new TypeError('no')], 'TypeError: no'],
    ['a function', [function pick() {}], '[function pick]'],
    ['a big number and a symbol', [7n, Symbol('s')], '7n Symbol(s)'],
    ['no date', [new Date(NaN)], 'Invalid Date'],
    ['a circle', [circle], '{ itself: [circular] }'],
    ['too deep', [{ a: { b: { c: { d: 1 } } } }], '{ a: { b: { c: {…} } } }'],
  ])('%s', (_, values, text) => expect(printed(values)).toBe(text))

  test('a wide one says how much is left out', () => {
    expect(printed([Array.from({ length: 40 }, () => 0)])).toMatch(/0, … 10 more\]$/)
  })

  test('a getter that throws leaves the rest', () => {
    const trap = {
      get a(): number {
        throw new Error('no')
      },
      b: 1,
    }
    expect(printed([trap])).toBe('{ a: [throws], b: 1 }')
  })

  test.each([
    [
      'a proxy that throws',
      new Proxy({}, { ownKeys: () => expect.unreachable(), getPrototypeOf: () => null }),
    ],
    [
      'a function whose name throws',
      Object.defineProperty(() => 1, 'name', { get: () => Symbol() }),
    ],
  ])('%s does no harm', (_, hostile) => {
    expect(printed([hostile])).toBe('[cannot be shown]')
  })

  test('a long one ends', () => {
    expect(printed(['x'.repeat(1e6)]).length).toBeLessThanOrEqual(bounds.line + 1)
  })
})

describe('a logbook', () => {
  test('keeps lines with the check that ran, and nothing that is no text', () => {
    const book = new Logbook()
    book.add('loading')
    book.add('one', 'takes turns')
    book.add(['two'])
    expect(book.log).toEqual({
      lines: [{ text: 'loading' }, { text: 'one', during: 'takes turns' }],
      isCut: false,
    })
  })

  test('has room for so many lines, and says when there were more', () => {
    const book = new Logbook()
    for (let line = 0; line < bounds.lines; line++) book.add('x')
    expect([book.log.isCut, book.isFull]).toEqual([false, false])
    book.add('one too many')
    expect([book.log.isCut, book.isFull]).toEqual([true, true])
    expect(book.log.lines).toHaveLength(bounds.lines)
  })

  test('has room for so many characters, whatever the lines', () => {
    const book = new Logbook()
    for (let line = 0; line < 90; line++) book.add('x'.repeat(10_000))
    const all = book.log.lines.reduce((sum, { text }) => sum + text.length, 0)
    expect(all).toBe(bounds.characters)
    expect(book.log.isCut).toBe(true)
  })
})
