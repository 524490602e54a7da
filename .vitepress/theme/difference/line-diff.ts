export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/**
 * The fewest lines to remove and to add that make `before` into `after`, by the longest common
 * subsequence: lines × lines steps, good for the few hundred lines of an exercise.
 */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const a = before.trimEnd().split('\n')
  const b = after.trimEnd().split('\n')
  // common[i][j]: how many lines a[i…] and b[j…] have in common.
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      common[i]![j] =
        a[i] === b[j]
          ? common[i + 1]![j + 1]! + 1
          : Math.max(common[i + 1]![j]!, common[i]![j + 1]!)

  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i]! })
      i += 1
      j += 1
    } else if (j === b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      lines.push({ kind: 'removed', text: a[i]! })
      i += 1
    } else {
      lines.push({ kind: 'added', text: b[j]! })
      j += 1
    }
  }
  return lines
}

/** Only what differs, each place with so many lines that are the same before it and after it. */
export function hunksOf(lines: readonly DiffLine[], around: number): readonly DiffLine[][] {
  const hunks: DiffLine[][] = []
  let end = -1
  for (const [index, { kind }] of lines.entries()) {
    if (kind === 'same') continue
    const start = Math.max(end, index - around, 0)
    if (start > end || hunks.length === 0) hunks.push([])
    end = Math.min(lines.length, index + around + 1)
    hunks.at(-1)!.push(...lines.slice(start, end))
  }
  return hunks
}
