import { isNode } from 'yaml'
import type { wrongWords, WrongWord } from '../values.ts'

/** A whole value is taken for a word; a shell's line or another text of several is mutated word by word. */
export function lineOfWords(line: string, wrong: typeof wrongWords): readonly WrongWord[] {
  if (!/\s/.test(line)) return wrong(line)
  return [...line.matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
    const [before, after] = [line.slice(0, index), line.slice(index + word.length)]
    const others = wrong(word).map(({ kind, becomes }) => ({
      kind,
      becomes: before + becomes + after,
    }))
    return [...others, { kind: 'leave-out' as const, becomes: before + after.trimStart() }]
  })
}

/** A node as it is written. */
export function spelt(text: string, node: unknown): string {
  const [start, end] = isNode(node) ? (node.range ?? []) : []
  return text.slice(start, end).trim()
}
