/**
 * The pages for which Teahouse asked its database, by the first statement of each: `/topics/3` as often
 * as topic 3 was loaded, `/` for the front page.
 */
export function loadsIn(statements: readonly string[]): string[] {
  return statements.flatMap((statement) => {
    const [, id] = /^SELECT t\.\*, .* WHERE t\.id = (\d+)$/.exec(statement) ?? []
    if (id !== undefined) return [`/topics/${id}`]
    return /ORDER BY replies DESC, t\.id LIMIT 10$/.test(statement) ? ['/'] : []
  })
}

/** Those that any page costs; who lives asks for his health, too. */
export const aboutPages = (statements: readonly string[]): string[] =>
  statements.filter((one) => /^SELECT .*\b(?:topics|replies)\b/.test(one))
