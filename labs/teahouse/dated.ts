/**
 * Moments are milliseconds inside Teahouse and `Date`s in the database: what is kept of the database has
 * them as the database does. The names of moments end in `At`.
 */
export const withDates = (value: unknown): unknown =>
  mapMoments(value, (moment) => new Date(moment as number))

/** Throws where a moment is no `Date` any more: nobody can say when that was. */
export const withTimes = (value: unknown): unknown =>
  mapMoments(value, (moment) => (moment as Date).getTime())

function mapMoments(value: unknown, change: (moment: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => mapMoments(one, change))
  if (typeof value !== 'object' || value === null) return value
  const isMoment = (name: string, found: unknown) => name.endsWith('At') && found !== null
  return Object.fromEntries(
    Object.entries(value).map(([name, found]) => [
      name,
      isMoment(name, found) ? change(found) : mapMoments(found, change),
    ]),
  )
}
