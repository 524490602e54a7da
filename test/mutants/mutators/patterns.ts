/** Wrong ways to write a regular expression: an anchor, a choice or a repetition that is forgotten. */
export function wrongPatterns(pattern: string): readonly string[] {
  const found = [
    pattern.replace(/^((?:\(\?\w+\))?)\^/, '$1'),
    pattern.replace(/(?<!\\)\$$/, ''),
    pattern.replace(/^\(\?\w+\)/, ''),
    pattern.replace(/\\([.?/])/, '$1'),
    pattern.replace(/(?<![\\(])[*+](?!\))/, ''),
    ...withoutOneChoice(pattern),
  ]
  return [...new Set(found)].filter((one) => one !== pattern && one !== '')
}

/** Each choice of each innermost group is left out once. */
function withoutOneChoice(pattern: string): readonly string[] {
  return [...pattern.matchAll(/\((\?:)?([^()]*\|[^()]*)\)/g)].flatMap((match) => {
    const [whole, mark = '', inside] = match as unknown as [string, string | undefined, string]
    const choices = inside.split('|')
    return choices.map((_, place) => {
      const others = choices.filter((_, other) => other !== place).join('|')
      const { index } = match
      return `${pattern.slice(0, index)}(${mark}${others})${pattern.slice(index + whole.length)}`
    })
  })
}
