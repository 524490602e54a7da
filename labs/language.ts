/** The two languages of the book. */
export type Language = 'en' | 'zh'
export type Text = Readonly<Record<Language, string>>

/**
 * The reader's language: `FOUR_TIERS_LANG` (set by `--lang`) before the locale's own variables.
 * POSIX: `LC_ALL` beats `LC_MESSAGES` beats `LANG` (XBD 8.2).
 */
export function currentLanguage(env: NodeJS.ProcessEnv = process.env): Language {
  const locale = env.FOUR_TIERS_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return languageOf(locale)
}

/** What a locale asks for: `zh_CN.UTF-8` in the environment, `zh-CN` on a page. */
export const languageOf = (locale: string): Language =>
  locale.toLowerCase().startsWith('zh') ? 'zh' : 'en'

/** One text, in the reader's language. */
export const say = (en: string, zh: string): string => pick({ en, zh })

export const pick = (text: Text): string => text[currentLanguage()]
