/**
 * One text, in the reader's language. In a terminal the environment tells it; on the page the
 * playground puts its own `say` in this one's place.
 */
export const say = (en: string, zh: string): string =>
  (process.env.FOUR_TIERS_LANG || process.env.LANG || '').startsWith('zh') ? zh : en
