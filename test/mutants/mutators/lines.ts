import type { Mutator } from '../mutation.ts'
import { mutateStatements, type Statement, type Word } from './statements.ts'

/**
 * One statement a line: sysctl.conf, what ip(8) and ipvsadm(8) read, a shell script, a Dockerfile. A
 * backslash at its end joins a line to the next.
 */
export const mutateLines: Mutator = (text) => mutateStatements(text, readLines(text))

export function readLines(text: string): readonly Statement[] {
  const lines = [...text.matchAll(/(?:\\\n|[^\n])+/g)]
  return lines.flatMap(({ 0: line, index }) => {
    const words = wordsIn(line, index)
    const last = words.at(-1)
    return last ? [{ words, start: words[0]!.start, end: last.end }] : []
  })
}

/** Quotes hold a word together, and ` #` begins a comment. */
export function wordsIn(line: string, at: number): readonly Word[] {
  const words: Word[] = []
  for (const { 0: text, index } of line.matchAll(/(?:"(?:\\.|[^"])*"|'[^']*'|\\.|[^\s"'\\])+/g)) {
    if (/^[#!]/.test(text)) break
    words.push({ text, start: at + index, end: at + index + text.length })
  }
  return words
}
