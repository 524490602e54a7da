import type { Language, Text } from '../../../labs/language.ts'
import type { MutationScore } from '../../book/mutation-records.ts'

/** What an exercise shows before anything is opened. */
export interface Exercise {
  readonly title: Text
  readonly minutes: number
  /** The reader's file, as it is called on the page. */
  readonly file: string
  readonly intro: Text
  /** The starter's lines, highlighted as the editor does it; only its comments differ. */
  readonly starterHtml: Readonly<Record<Language, string>>
  /** From a nudge to nearly the answer. */
  readonly hints: Readonly<Record<Language, readonly string[]>>
  /** None, where it is not known of these files. */
  readonly mutants?: MutationScore
}
