import type { Answer } from './crew/orders.ts'

/** Which web server answered: its name, or nothing where nginx itself did. */
export const servedBy = ({ headers }: Pick<Answer, 'headers'>): string =>
  headers['x-served-by'] ?? ''

/** How many answers each server gave, by name. */
export function tally(
  answers: readonly Pick<Answer, 'headers'>[],
): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const server of answers.map(servedBy).sort()) counts[server] = (counts[server] ?? 0) + 1
  return counts
}

/** The servers that nginx tried for this answer, in order. */
export const tried = ({ headers }: Answer): readonly string[] =>
  (headers['x-tried'] ?? '').split(', ').filter(Boolean)

export const failed = (answers: readonly Pick<Answer, 'status'>[]): number =>
  answers.filter(({ status }) => status !== 200).length

/** What the application saw of a request. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}
export const seen = ({ body }: Answer): Seen => JSON.parse(body) as Seen
