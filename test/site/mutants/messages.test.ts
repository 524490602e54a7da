import { describe, expect, test } from 'vitest'
import { messages } from '../../../.vitepress/theme/mutants/messages.ts'

const score = (made: number, caught: number, explained: number) => ({ made, caught, explained })

describe('how many machine-made mistakes are caught is said', () => {
  test('with what the others are', () => {
    expect(messages.en.score(score(318, 312, 6))).toBe(
      '312 of 318 machine-made mistakes are caught; the six others change nothing that a reader could see.',
    )
    expect(messages.zh.score(score(318, 312, 6))).toBe(
      '机器制造的 318 个错误，检查抓住了 312 个；另外 6 个，读者看不出任何差别。',
    )
  })

  test('where there is one other', () =>
    expect(messages.en.score(score(38, 37, 1))).toBe(
      '37 of 38 machine-made mistakes are caught; the one other changes nothing that a reader could see.',
    ))

  test('where there are many', () =>
    expect(messages.en.score(score(318, 300, 18))).toContain('the 18 others change nothing'))

  test('where there is none', () => {
    expect(messages.en.score(score(40, 40, 0))).toBe('All 40 machine-made mistakes are caught.')
    expect(messages.zh.score(score(40, 40, 0))).toBe('机器制造的 40 个错误，检查全都抓住了。')
  })

  test('and of those that nobody has explained, nothing is promised', () => {
    expect(messages.en.score(score(318, 300, 6))).toBe(
      '300 of 318 machine-made mistakes are caught.',
    )
    expect(messages.zh.score(score(318, 300, 6))).toBe('机器制造的 318 个错误，检查抓住了 300 个。')
  })
})
