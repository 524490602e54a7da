export interface Row {
  readonly name: string
  readonly now: number
  readonly failed: number
  /** Proved before, and nothing has changed since. */
  readonly kept: number
  /** Proved before on a machinery that has changed since. */
  readonly stale: number
  /** Neither now nor by the record. */
  readonly changed: number
}

/** What a run knows, and since when: nobody shall take a record for a proof. */
export function summary(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length))
  const lines = rows.map(({ name, now, failed, kept, stale, changed }) => {
    const parts = [
      `${now} proved now`,
      `${kept} by record`,
      `${stale} stale (the machinery changed since)`,
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(changed > 0 ? [`${changed} not proved`] : []),
    ]
    return `  ${name.padEnd(width)}  ${parts.join(', ')}`
  })
  return ['What this run proves', ...lines].join('\n')
}
