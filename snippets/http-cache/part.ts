import { secondsOfDate } from './http-date.ts'
import type { Headers } from './message.ts'

/**
 * Whether a reader gets a part: it asks for one, and with `If-Range` only of the page that it knows.
 * A range is taken to be one that the page has; how long that is nobody knows here.
 */
export function wantsPart(asked: Headers, headers: Headers): boolean {
  if (!/^bytes=\d*-\d*$/.test(asked.range ?? '')) return false
  const known = asked['if-range']
  if (known === undefined) return true
  if (known.endsWith('"')) return known === headers.etag && !known.startsWith('W/')
  const changedS = secondsOfDate(headers['last-modified'])
  return changedS !== undefined && secondsOfDate(known) === changedS
}
