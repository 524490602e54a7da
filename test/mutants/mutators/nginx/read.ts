import { tokenize } from '../../../../snippets/nginx/tokens.ts'
import type { Statement, Word } from '../statements.ts'

/** An nginx configuration as a tree of directives, each with its place. */
export function readNginx(text: string): readonly Statement[] {
  const { tokens, broken } = tokenize(text)
  if (broken) throw broken
  let at = 0
  return block()

  function block(): readonly Statement[] {
    const found: Statement[] = []
    let words: Word[] = []
    for (let token = tokens[at++]; token; token = tokens[at++]) {
      const { start, end } = token
      if (token.kind === '}') break
      if (token.kind === 'word') {
        words.push({ text: text.slice(start, end), start, end })
        continue
      }
      const inner = token.kind === '{' ? block() : undefined
      found.push({ words, start: words[0]?.start ?? start, end: tokens[at - 1]!.end, block: inner })
      // The end of a block is that of the `}` which closed it.
      if (!inner) found[found.length - 1] = { ...found.at(-1)!, end }
      words = []
    }
    return found
  }
}
