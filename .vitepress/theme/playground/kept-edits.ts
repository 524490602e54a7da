/** What the reader has written, and what a reset has put aside. */
export interface Edits {
  readonly text: string
  readonly putAside?: string
}

/** A browser may refuse its storage, or have none left: then edits last as long as the page. */
const inMemory = new Map<string, Edits>()

export function createKeptEdits(id: string, storage: () => Storage = () => localStorage) {
  const key = `four-tiers:exercise:${id}`
  return {
    read(): Edits | undefined {
      try {
        const kept: unknown = JSON.parse(storage().getItem(key) ?? 'null')
        if (isEdits(kept)) return kept
      } catch {
        // the storage is closed, or somebody else has written there
      }
      return inMemory.get(key)
    },
    /** Returns whether the edits outlive the page. */
    write(edits: Edits): boolean {
      inMemory.set(key, edits)
      try {
        storage().setItem(key, JSON.stringify(edits))
        return true
      } catch {
        return false
      }
    },
  }
}

const isEdits = (value: unknown): value is Edits =>
  typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string'
