const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'
const rfc1123 = /^\w{3}, (\d{2}) (\w{3}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/

/** `Sun, 06 Nov 1994 08:49:37 GMT` in seconds since 1970; undefined for anything else, such as `0`. */
export function secondsOfDate(text: string | undefined): number | undefined {
  const parts = rfc1123.exec(text ?? '')
  const month = parts ? months.split(' ').indexOf(parts[2]!) : -1
  if (!parts || month < 0) return undefined
  const [, day, , year, hour, minute, second] = parts.map(Number)
  return Date.UTC(year!, month, day, hour, minute, second) / 1000
}

export const dateOf = (seconds: number): string =>
  new Date(Math.floor(seconds) * 1000).toUTCString()
