import type { Drawable } from '../../config/measured.ts'
import { readRecords } from '../../config/claim-records.ts'

export interface MeasuredRun extends Drawable {
  /** The day, as in RFC 3339: 2026-11-23. */
  readonly ranAt: string
  readonly versions: Readonly<Record<string, string>>
}

declare const data: Readonly<Record<string, MeasuredRun>>
export { data }

/** The figures of the claims that can be drawn, by claim: see `npm run claims`. */
export default {
  watch: ['../../../test/claims/results.json'],
  load: (): Readonly<Record<string, MeasuredRun>> =>
    Object.fromEntries(
      Object.entries(readRecords()).flatMap(([id, { figure, versions = {}, ranAt }]) => {
        const { ways, outagesMs } = figure ?? {}
        return ways || outagesMs ? [[id, { ways, outagesMs, versions, ranAt }]] : []
      }),
    ),
}
