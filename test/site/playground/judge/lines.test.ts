import { describe, expect, test } from 'vitest'
import { firstErrorLine } from '../../../../.vitepress/theme/playground/judge/first-error.ts'
import { loopLines } from '../../../../.vitepress/theme/playground/judge/loop-lines.ts'

describe('which loop may never end', () => {
  test.each([
    ['one that says so', 'for (const a of b) {}\nwhile (true) {}', [2]],
    ['without a condition', 'for (;;) {}', [1]],
    ['else any', 'for (const a of b) {}\n\ndo {\n} while (x)', [1, 3, 4]],
    ['not in a comment', '// while (true)\n/* for (;;)\n*/ while (x) {}', [3]],
    ['not in a string', "const a = 'while (true)'", []],
  ])('%s', (_, source, lines) => expect(loopLines(source)).toEqual(lines))
})

describe('where a text stops being TypeScript', () => {
  test('inside a function, not where the function begins', () => {
    expect(firstErrorLine('const a = () => {\n  return = 1\n}')).toBe(2)
  })
  test('nowhere', () => {
    expect(firstErrorLine('const a = <T,>(b: readonly T[]): T => b[0]!')).toBe(undefined)
  })
})
