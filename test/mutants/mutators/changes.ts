import type { Mutator } from '../mutation.ts'

/** What a mutator makes of a text: each file that comes out, with its spaces as in prose. */
export const made = (mutate: Mutator, text: string): readonly string[] =>
  mutate(text).map((mutation) => mutation.text.replace(/\s+/g, ' ').trim())

/** What became of what, and of which kind. */
export const changes = (mutate: Mutator, text: string): readonly string[] =>
  mutate(text).map(({ kind, was, becomes }) =>
    `${kind}: ${was} → ${becomes}`.replace(/\s+/g, ' ').trim(),
  )
