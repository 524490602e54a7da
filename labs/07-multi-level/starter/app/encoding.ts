/** JSON has neither `undefined` nor `Date`: the one becomes a missing field, the other a marked number. */
export const encode = (value: unknown): string =>
  JSON.stringify({ value }, function (this: Record<string, unknown>, name, text) {
    const found = this[name]
    return found instanceof Date ? { date: found.getTime() } : text
  })

export const decode = <T>(text: string): T | undefined =>
  JSON.parse(text, (_, found) => (typeof found?.date === 'number' ? new Date(found.date) : found))
    .value
