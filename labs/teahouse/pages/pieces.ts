import { html } from 'hono/html'
import type { Html } from './layout.ts'

const STEPS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** Rounded down, so that "2 days ago" was at least two days ago. */
export function timeAgo(at: number, now: number): string {
  for (const [unit, ms] of STEPS) {
    const count = Math.floor((now - at) / ms)
    if (count >= 1) return count === 1 ? `1 ${unit} ago` : `${count} ${unit}s ago`
  }
  return 'just now'
}

export const ago = (at: number, now: number): Html =>
  html`<time datetime="${new Date(at).toISOString()}">${timeAgo(at, now)}</time>`

export const countOf = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${many}`

/** As many as the stylesheet has colours for. */
const TONES = 6

/** A person's picture, or the first letter of the name in a colour that is always theirs. */
export function face(name: string, avatar: string | null): Html {
  if (avatar) {
    const src = `/avatars/${encodeURIComponent(name)}?v=${avatar}`
    return html`<img class="face" src="${src}" alt="" width="40" height="40" />`
  }
  let sum = 0
  for (const letter of name) sum += letter.codePointAt(0) ?? 0
  const initial = [...name][0]?.toUpperCase() ?? ''
  return html`<span class="face tone-${sum % TONES}" aria-hidden="true">${initial}</span>`
}
