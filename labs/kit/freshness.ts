import type { Answer } from '../runtime/runtime.ts'

/**
 * Seconds for which a shared cache may give a copy of this answer without asking; 0 when it may keep
 * none, or must ask each time. Without a word about it a cache may guess, and that is no promise: 0.
 * RFC 9111, sections 3, 4.2.1 and 5.2.2.
 */
export function sharedLifetime({ headers }: Pick<Answer, 'headers'>): number {
  const control = headers['cache-control'] ?? ''
  if (headers['vary']?.includes('*') || has(control, 'no-store|no-cache|private')) return 0
  return seconds(control, 's-maxage') ?? ownLifetime({ headers })
}

/** The same for the visitor's own browser, which `s-maxage` does not concern. */
export function ownLifetime({ headers }: Pick<Answer, 'headers'>): number {
  const control = headers['cache-control'] ?? ''
  if (has(control, 'no-store|no-cache')) return 0
  const expires = Date.parse(headers['expires'] ?? '') - Date.parse(headers['date'] ?? '')
  return seconds(control, 'max-age') ?? Math.max(0, expires / 1000 || 0)
}

/** Seconds since the application made it, as far as the caches on the way say so. RFC 9111, 5.1. */
export const ageOf = ({ headers }: Pick<Answer, 'headers'>): number => Number(headers['age'] ?? 0)

const has = (control: string, names: string) =>
  new RegExp(`(^|[\\s,])(?:${names})\\s*(?:$|[,=;])`, 'i').test(control)

function seconds(control: string, name: string): number | undefined {
  const found = new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*"?(\\d+)`, 'i').exec(control)?.[1]
  return found === undefined ? undefined : Number(found)
}
