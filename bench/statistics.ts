/** The value below which `share` (0 to 1) of the values lie; the nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export const median = (values: readonly number[]) => quantile(values, 0.5)

export const milliseconds = (value: number) => `${Math.round(value)} ms`.padStart(8)
