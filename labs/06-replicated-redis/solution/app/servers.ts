/** Half of all keys, and the two Redis that have them. At first one is the master, and one its copy. */
export interface Half {
  /** By which the Sentinels know it. */
  readonly name: string
  readonly redis: readonly [master: string, copy: string]
}

export const halves: readonly Half[] = [
  { name: 'one', redis: ['redis1', 'copy1'] },
  { name: 'two', redis: ['redis2', 'copy2'] },
]

/** Each on port 26379. */
export const sentinels = ['sentinel1', 'sentinel2', 'sentinel3'] as const
