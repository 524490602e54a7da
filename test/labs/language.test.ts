import { describe, expect, test } from 'vitest'
import { currentLanguage, languageOf } from '../../labs/language.ts'
import { languageOfPage, rootOf } from '../../.vitepress/book/page-language.ts'

describe("the reader's language", () => {
  test.each(['zh', 'zh-CN', 'zh_TW.UTF-8', 'ZH'])('%s asks for Chinese', (locale) =>
    expect(languageOf(locale)).toBe('zh'),
  )

  test.each(['en-GB', 'de_DE', 'C', ''])('%j is answered in English', (locale) =>
    expect(languageOf(locale)).toBe('en'),
  )

  test('is what was asked for, then what the locale says, LC_ALL before LANG', () => {
    expect(currentLanguage({ FOUR_TIERS_LANG: 'en', LC_ALL: 'zh_CN.UTF-8' })).toBe('en')
    expect(currentLanguage({ LC_ALL: 'zh_CN.UTF-8', LANG: 'en_GB' })).toBe('zh')
    expect(currentLanguage({})).toBe('en')
  })
})

describe('the language of a page', () => {
  test('is told by its folder, and never by its name', () => {
    expect(languageOfPage('zh/glossary.md')).toBe('zh')
    expect(languageOfPage('zhou.md')).toBe('en')
    expect(languageOfPage()).toBe('en')
  })

  test('tells where its pages begin', () =>
    expect([rootOf('en'), rootOf('zh')]).toEqual(['', '/zh']))
})
