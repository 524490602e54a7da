import type { Avatars } from '../ports.ts'

/** Pictures that are gone when the process is. */
export function createMemoryAvatars(): Avatars {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>()
  return {
    get: async (name) => kept.get(name),
    async put(name, bytes) {
      kept.set(name, bytes)
    },
  }
}
