import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createTypeCheck } from '../../../../.vitepress/theme/playground/types/type-check.ts'
import { typeTexts } from '../../../../.vitepress/theme/playground/types/type-texts.ts'

const exercises = resolve(import.meta.dirname, '../../../../exercises')
const names = readdirSync(exercises, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
const [en, zh] = await Promise.all([typeTexts('en'), typeTexts('zh')])
const check = createTypeCheck('answer.ts', en)

describe.each(names)('exercise %s', (name) => {
  test.each(['starter.ts', 'solution.ts'])('%s has no wrong type', (file) =>
    expect(check(readFileSync(join(exercises, name, file), 'utf8'))).toEqual([]),
  )
})

test('a wrong type is told with its line, and is gone when it is mended', () => {
  const wrong = 'const tea = 1\n\nexport const cups: string = tea\n'
  expect(check(wrong)).toEqual([
    { line: 3, message: "Type 'number' is not assignable to type 'string'." },
  ])
  expect(check(wrong.replace('string', 'number'))).toEqual([])
})

test('what a worker has is there, and what a page or Node has is not', () => {
  expect(check('setTimeout(() => console.log(crypto.randomUUID()), 1)\n')).toEqual([])
  expect(check('document.title\nprocess.exit(0)\n').map(({ line }) => line)).toEqual([1, 2])
})

test('of a text that cannot be read, types say nothing: the checks have said it', () =>
  expect(check('const = 1\nconst tea: string = 1\n')).toEqual([]))

test('it speaks Chinese, by its own translations', () => {
  const [problem] = createTypeCheck('answer.ts', zh)('const tea: string = 1\n')
  expect(problem).toEqual({ line: 1, message: '不能将类型“number”分配给类型“string”。' })
})
