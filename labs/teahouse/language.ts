/** The languages that Teahouse's own words are written in. What people write stays as it is. */
export type Language = 'en' | 'zh'

/** The one that the visitor likes best, by `Accept-Language` (RFC 9110, section 12.5.4); or English. */
export function languageOf(accepted: string | undefined): Language {
  let best: Language = 'en'
  let liked = 0
  for (const range of (accepted ?? '').split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((word) => word.trim().toLowerCase())
    const language = /^(en|zh)(?:-|$)/.exec(tag)?.[1] as Language | undefined
    const weight = Number(parameters.find((word) => word.startsWith('q='))?.slice(2) ?? 1)
    // Of two that are liked equally, the first one stands.
    if (language && weight > liked) [best, liked] = [language, weight]
  }
  return best
}
