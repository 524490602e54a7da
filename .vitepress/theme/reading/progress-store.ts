import { readProgress, writeProgress } from './progress-file.ts'
import { nothing, type Progress } from './progress-record.ts'

export const storageKey = 'four-tiers:progress'

export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** What is kept, and whether this browser keeps anything. */
export interface Kept {
  readonly progress: Progress
  readonly works: boolean
}

/**
 * Progress on a shelf that may be missing, full or forbidden. What it cannot read (broken, or from a
 * later edition) it sets aside under a name of its own before anything is written in its place.
 */
export function loadProgress(shelf: Shelf | undefined, now: Date): Kept {
  if (!shelf) return { progress: nothing, works: false }
  try {
    const text = shelf.getItem(storageKey)
    if (text === null) return { progress: nothing, works: true }
    const reading = readProgress(text)
    if (reading.outcome === 'read') return { progress: reading.progress, works: true }
    shelf.setItem(`${storageKey}:aside:${now.toISOString()}`, text)
    shelf.removeItem(storageKey)
    return { progress: nothing, works: true }
  } catch {
    return { progress: nothing, works: false }
  }
}

/** Whether it was kept. */
export function saveProgress(shelf: Shelf | undefined, progress: Progress): boolean {
  try {
    shelf?.setItem(storageKey, writeProgress(progress))
    return shelf !== undefined
  } catch {
    return false
  }
}

/** Even to name `localStorage` throws where storage is forbidden. */
export function browserShelf(): Shelf | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}
