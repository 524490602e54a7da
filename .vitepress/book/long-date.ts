import type { Language } from '../../labs/language.ts'

/** A day in words, as the servers' clocks count it (UTC): `26 November 2026`, `2026 年 11 月 26 日`. */
export function longDate(date: Date, language: Language): string {
  if (language === 'en')
    return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date)
  return `${date.getUTCFullYear()} 年 ${date.getUTCMonth() + 1} 月 ${date.getUTCDate()} 日`
}
