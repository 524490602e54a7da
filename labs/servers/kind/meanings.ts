import { pick, type Text } from '../../language.ts'

/** A server's own words, and what a beginner has usually done. The first that fits counts. */
export type Meanings = readonly (readonly [words: RegExp, meaning: Text])[]

export function meaningIn(meanings: Meanings, message: string): string | undefined {
  const found = meanings.find(([words]) => words.test(message))
  return found && pick(found[1])
}
