import type { Language } from '../../../labs/language.ts'
import type { Shelf } from './progress-store.ts'

/** Where somebody was in a chapter. */
export interface Place {
  readonly slug: string
  /** None before the first. Its title is in the language that was read. */
  readonly section?: { readonly id: string; readonly title: string }
  readonly language: Language
  /** The last section had come into view: there is nothing to go on with. */
  readonly isLast: boolean
}

export const placeKey = 'four-tiers:place'

/** None where nothing is kept, or nothing that can be understood: it is only a convenience. */
export function loadPlace(shelf: Shelf | undefined): Place | undefined {
  try {
    const value: unknown = JSON.parse(shelf?.getItem(placeKey) ?? 'null')
    return isPlace(value) ? value : undefined
  } catch {
    return undefined
  }
}

export function savePlace(shelf: Shelf | undefined, place: Place): void {
  try {
    shelf?.setItem(placeKey, JSON.stringify(place))
  } catch {
    // Full, or forbidden: the reader finds the place again without us.
  }
}

export function forgetPlace(shelf: Shelf | undefined): void {
  try {
    shelf?.removeItem(placeKey)
  } catch {
    // Forbidden: then nothing is kept either.
  }
}

function isPlace(value: unknown): value is Place {
  if (typeof value !== 'object' || value === null) return false
  const { slug, section, language, isLast } = value as Record<string, unknown>
  const isKnown = typeof slug === 'string' && (language === 'en' || language === 'zh')
  return isKnown && typeof isLast === 'boolean' && (section === undefined || isSection(section))
}

function isSection(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { id, title } = value as Record<string, unknown>
  return typeof id === 'string' && typeof title === 'string'
}
