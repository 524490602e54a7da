import { pick, type Text } from '../../../language.ts'

/** The VCL compiler's own words, and what a beginner has usually done. */
const meanings: readonly (readonly [RegExp, Text])[] = []

export function meaningOf(message: string): string | undefined {
  const found = meanings.find(([pattern]) => pattern.test(message))
  return found && pick(found[1])
}
