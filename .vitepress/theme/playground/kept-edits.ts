/** What the reader has written, and what a reset has put aside. */
export interface Edits {
  readonly text: string
  readonly putAside?: string
}

/** `not-kept`: the edits last as long as the page. `changed-elsewhere`: nothing was overwritten. */
export type Writing = 'kept' | 'not-kept' | 'changed-elsewhere'

/** A browser may refuse its storage, or have none left: then edits last as long as the page. */
const inMemory = new Map<string, Edits>()

export const storageKeyOf = (id: string) => `four-tiers:exercise:${id}`

export function createKeptEdits(id: string, storage: () => Storage = () => localStorage) {
  const key = storageKeyOf(id)
  /** What lies there as far as this page knows. */
  let known: string | null = null

  /** What another page has put there since. */
  function elsewhere(): Edits | undefined {
    try {
      const now = storage().getItem(key)
      return now === known ? undefined : editsIn(now)
    } catch {
      return undefined
    }
  }

  return {
    read(): Edits | undefined {
      try {
        known = storage().getItem(key)
        const kept = editsIn(known)
        if (kept) return kept
      } catch {
        // the storage is closed
      }
      return inMemory.get(key)
    },
    elsewhere,
    /** `over`: the reader has been asked. */
    write(edits: Edits, over = false): Writing {
      const theirs = elsewhere()
      if (!over && theirs && theirs.text !== edits.text) return 'changed-elsewhere'
      inMemory.set(key, edits)
      try {
        const text = JSON.stringify(edits)
        storage().setItem(key, text)
        known = text
        return 'kept'
      } catch {
        return 'not-kept'
      }
    },
  }
}

/** Somebody else may have written there. */
function editsIn(text: string | null): Edits | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    return isEdits(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isEdits = (value: unknown): value is Edits =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string'
