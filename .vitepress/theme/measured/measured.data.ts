import type { Drawable } from '../../book/measured.ts'
import { readRecords } from '../../book/claim-records.ts'
import { longDate } from '../../book/long-date.ts'
import type { Locale } from './messages.ts'

export interface MeasuredRun extends Drawable {
  /** The day, in words. */
  readonly ranOn: Readonly<Record<Locale, string>>
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
        const at = new Date(ranAt)
        const ranOn = { 'en-GB': longDate(at, 'en'), 'zh-CN': longDate(at, 'zh') }
        return ways || outagesMs ? [[id, { ways, outagesMs, versions, ranOn }]] : []
      }),
    ),
}
