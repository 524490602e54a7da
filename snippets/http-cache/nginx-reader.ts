import { secondsOfDate } from './http-date.ts'
import type { CacheRequest, Headers } from './message.ts'
import { wantsPart } from './part.ts'
import type { CachedObject, Delivery } from './shared-cache.ts'

/**
 * What nginx makes of a 200 for its reader: 304 if the reader has it, 206 if it wants a part and the
 * origin once said `Accept-Ranges`. The stored `Age` is sent as it came: nginx adds nothing to it.
 */
export function forReader({ headers: asked }: CacheRequest, object: CachedObject): Delivery {
  const { status, headers } = object
  const delivered = { object: object.kind === 'error' ? undefined : object, ageS: undefined }
  if (status !== 200) return { ...delivered, status }
  if (isKnown(asked, headers)) return { ...delivered, status: 304 }
  const hasParts = /^bytes$/i.test(headers['accept-ranges'] ?? '')
  return { ...delivered, status: hasParts && wantsPart(asked, headers) ? 206 : 200 }
}

/** Both must agree where both are asked; a date must be the very same (`if_modified_since exact`). */
function isKnown(asked: Headers, { etag, 'last-modified': changed }: Headers): boolean {
  const { 'if-modified-since': since, 'if-none-match': tags } = asked
  if (since === undefined && tags === undefined) return false
  const changedS = secondsOfDate(changed)
  if (since !== undefined && (changedS === undefined || secondsOfDate(since) !== changedS))
    return false
  return tags === undefined || matches(tags, etag)
}

function matches(tags: string, etag: string | undefined): boolean {
  if (tags.trim() === '*') return true
  const bare = (tag: string) => tag.trim().replace(/^W\//, '')
  return etag !== undefined && tags.split(',').some((tag) => bare(tag) === bare(etag))
}
