import { describe, expect, test } from 'vitest'
import { changes, made } from '../changes.ts'
import { mutateScript } from './script.ts'

const told = (text: string) => changes(mutateScript, text)
const texts = (text: string) => made(mutateScript, text)

describe('left out is', () => {
  test('a statement', () => expect(texts('a(); b()')).toContain('b()'))
  test('a return', () => expect(texts('function f() { return 1 }')).toContain('function f() { }'))
  test('an await', () => expect(texts('await close()')).toContain('close()'))
  test('an argument', () => expect(texts('x = f(1, b)')).toContain('x = f(b)'))
  test('a property, with the comma behind it', () =>
    expect(texts('x = { a: 1, b }')).toContain('x = { b }'))
  test('the only element of a list', () => expect(texts('x = [a]')).toContain('x = []'))
  test('a call that changes what it is called on', () =>
    expect(texts('x = a.trim()')).toContain('x = a'))
  test('one side of a choice', () => {
    expect(texts('x = a || b')).toContain('x = a')
    expect(texts('x = a || b')).toContain('x = b')
  })
})

test('a condition holds always, or never', () => {
  expect(texts('if (a) b()')).toContain('if (true) b()')
  expect(texts('if (a) b()')).toContain('if (false) b()')
})

test.each([
  ['x = a < b', 'operator: < → <='],
  ['x = a === b', 'operator: === → !=='],
  ['x = a?.b', 'operator: ?. → .'],
  ['x = !a', 'operator: !a → a'],
  ['x = Math.min(a, b)', 'operator: min → max'],
  ['x = true', 'flag: true → false'],
  ['x = 10', 'number: 10 → 11'],
  ["x = 'a'", "text: 'a' → ''"],
  ['x = /^a/i', 'pattern: /^a/i → /a/i'],
  ['x = /^a/i', 'pattern: /^a/i → /^a/'],
])('of %s is made: %s', (text, change) => expect(told(text)).toContain(change))

test('a name is taken for the next of its list', () => {
  expect(texts('const f = (a, b) => a - b')).toContain('const f = (a, b) => b - b')
  expect(texts('const f = ({ a, b }) => a - b')).toContain('const f = ({ a, b }) => a - a')
})

test('a key, or what stands behind a dot, is no use of a name', () =>
  expect(told('const f = (a, b) => ({ a: x.b })').filter((one) => one.startsWith('name'))).toEqual(
    [],
  ))

describe('where a request is at hand, a condition holds', () => {
  const serve = 'function serve({ method, path }) { if (isOpen) close() }'
  test('for GET alone', () =>
    expect(texts(serve)).toContain(serve.replace('(isOpen)', "((isOpen) && method === 'GET')")))
  test('for the front page alone', () =>
    expect(texts(serve)).toContain(serve.replace('(isOpen)', "((isOpen) && path === '/')")))
  test('and elsewhere it does not', () =>
    expect(told('function f({ a }) { if (a) b() }').join('\n')).not.toMatch(/^only-/m))
})

test('types and imports are not touched', () =>
  expect(
    told("import { a } from './a.ts'\ninterface B { c: 1 }\ntype D = 'e' | 2\nlet f: 3"),
  ).toEqual([]))
