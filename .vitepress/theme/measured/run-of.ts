import { data, type MeasuredRun } from './measured.data.ts'

/** What the claim's test has measured, of this kind; without it the page cannot be built. */
export function runOf<Kind extends 'ways' | 'outagesMs'>(
  claim: string,
  kind: Kind,
): MeasuredRun & Required<Pick<MeasuredRun, Kind>> {
  const run = data[claim]
  if (!run?.[kind])
    throw new Error(`No run of the claim ${claim} has ${kind} to draw. Next: npm run claims`)
  return run as MeasuredRun & Required<Pick<MeasuredRun, Kind>>
}
