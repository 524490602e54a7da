/** One line of what is being done; `done` of `total` are megabytes while something is fetched. */
export interface Progress {
  readonly step: string
  readonly done?: number
  readonly total?: number
  /** How long the step is expected to take, where that is known. */
  readonly seconds?: number
}

export type OnProgress = (progress: Progress) => void
