import type { Statement, Word } from '../statements.ts'

/** A comment, a string, an operator, a name or a number, or a mark. */
const token = /#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/|"[^"\n]*"|[!=<>]=|!~|&&|\|\||[\w.-]+|[^\s\w]/g

/** A VCL program as a tree of statements. `vcl 4.1;` and `import` are statements like others. */
export function readVcl(text: string): readonly Statement[] {
  const tokens = [...text.matchAll(token)]
    .filter(([word]) => !/^(?:#|\/\/|\/\*)/.test(word))
    .map(({ 0: word, index }): Word => ({ text: word, start: index, end: index + word.length }))
  let at = 0
  return block()

  function block(): readonly Statement[] {
    const found: Statement[] = []
    let words: Word[] = []
    for (let word = tokens[at++]; word; word = tokens[at++]) {
      if (word.text === '}') break
      if (word.text !== ';' && word.text !== '{') {
        words.push(word)
        continue
      }
      const inner = word.text === '{' ? block() : undefined
      const { end } = inner ? tokens[at - 1]! : word
      found.push({ words, start: words[0]?.start ?? word.start, end, block: inner })
      words = []
    }
    return found
  }
}
