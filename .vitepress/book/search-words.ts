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

/** For MiniSearch: the same at build time and in the browser. */
export const miniSearch = {
  options: { tokenize: searchWords },
  searchOptions: { combineWith: 'AND', prefix: true, fuzzy: 0.2, boost: { title: 4, titles: 2 } },
} as const
