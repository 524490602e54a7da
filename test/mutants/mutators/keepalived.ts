import type { Mutator } from '../mutation.ts'
import { wordsIn } from './lines.ts'
import { mutateStatements, type Statement } from './statements.ts'

/** keepalived.conf: a line is a statement; `{` at its end opens a block, `}` alone closes it. */
export const mutateKeepalived: Mutator = (text) => mutateStatements(text, readKeepalived(text))

export function readKeepalived(text: string): readonly Statement[] {
  const lines = [...text.matchAll(/[^\n]+/g)].map(({ 0: line, index }) => ({
    words: wordsIn(line, index),
    end: index + line.trimEnd().length,
  }))
  let at = 0
  return block()

  function block(): readonly Statement[] {
    const found: Statement[] = []
    while (at < lines.length) {
      const { words } = lines[at++]!
      const [first] = words
      if (!first) continue
      if (first.text === '}') break
      const opens = words.at(-1)?.text === '{'
      const own = opens ? words.slice(0, -1) : words
      const inner = opens ? block() : undefined
      const end = opens ? lines[at - 1]!.end : own.at(-1)!.end
      found.push({ words: own, start: first.start, end, block: inner })
    }
    return found
  }
}
