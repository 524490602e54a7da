const run = /[\p{L}\p{N}_]+/gu
const han = /\p{Script=Han}+|\P{Script=Han}+/gu
const isHan = /^\p{Script=Han}/u

/**
 * The words of a text, for the search index and for a query. Chinese is cut into overlapping pairs of
 * characters: 健康检查 is 健康, 康检 and 检查. A dictionary (`Intl.Segmenter`) would cut the index by
 * Node's edition and the query by the browser's, and would miss where they differ.
 */
export function searchWords(text: string): string[] {
  const runs = text.match(run) ?? []
  return runs
    .flatMap((word) => word.match(han) ?? [])
    .flatMap((w) => (isHan.test(w) ? pairs(w) : parts(w)))
}

function pairs(chinese: string): string[] {
  const characters = [...chinese]
  if (characters.length === 1) return characters
  return characters.slice(1).map((character, i) => characters[i]! + character)
}

/** `proxy_pass` is found by its whole name and by either half. */
function parts(word: string): string[] {
  const halves = word.split('_').filter(Boolean)
  return halves.length > 1 ? [word, ...halves] : halves
}

/** Of each section: its heading, the headings above it, its text, and what readers may call it. */
const fields: string[] = ['title', 'titles', 'text', 'words']

/** They speak of everything once more, and explain none of it. */
const summary = /#(?:your-turn|the-lab|eight-questions|do-you-have-it|what-to-remember)$/
const glossary = /\/glossary#/

/** A section that explains stands before one that sums up, and both before a word's entry. */
function weightOf(id: string): number {
  if (glossary.test(id)) return 0.1
  return summary.test(id) ? 0.3 : 1
}

/** For MiniSearch: the same at build time and in the browser. */
export const miniSearch = {
  options: { tokenize: searchWords, fields },
  searchOptions: {
    combineWith: 'AND',
    prefix: true,
    fuzzy: 0.2,
    boost: { words: 8, title: 4, titles: 2 },
    boostDocument: weightOf,
  },
} as const
