import { expect, test } from 'vitest'
import { Modules, UnreadableError } from '../../../../.vitepress/theme/playground/judge/modules.ts'
import { lineIn } from '../../../../.vitepress/theme/playground/judge/verdict.ts'

const exportsOf = (source: string) => {
  const modules = new Modules({ given: { ten: 10 } }, globalThis.eval)
  modules.add('other.ts', 'export const two: number = 2')
  modules.add('main.ts', source)
  return () => modules.load('main.ts') as Record<string, unknown>
}

test('a module imports what is given, and what lies beside it', () => {
  const source = `import { ten } from 'given'\nimport { two } from './other.ts'\nexport const all = ten * two`
  expect(exportsOf(source)().all).toBe(20)
})

test('types leave nothing behind', () => {
  const source = `interface A<T> { readonly b: T }\nexport const f = <T,>({ b }: A<T>): T => b satisfies T`
  expect((exportsOf(source)().f as (a: { b: number }) => number)({ b: 3 })).toBe(3)
})

test('what is not there is called by its name', () => {
  expect(exportsOf(`import 'node:fs'`)).toThrow("there is no module 'node:fs' here")
})

test('a text that is no TypeScript is unreadable', () => {
  expect(() => exportsOf('const = 1')).toThrow(UnreadableError)
})

test('an error names the line that the reader wrote', () => {
  const source = `interface A {\n  b: number\n}\n\nexport function f(a?: A): number {\n  return a!.b\n}`
  const { f } = exportsOf(source)() as { f: () => number }
  try {
    f()
    expect.unreachable()
  } catch (error) {
    expect(lineIn('main.ts', (error as Error).stack ?? '')).toBe(6)
  }
})
