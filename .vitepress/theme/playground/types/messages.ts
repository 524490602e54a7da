import type { Language } from '../../../../labs/language.ts'
import type { TypeProblem } from './type-check.ts'

/** From the page; the first one begins. */
export type ToTypes =
  | { readonly kind: 'begin'; readonly file: string; readonly language: Language }
  | { readonly kind: 'check'; readonly number: number; readonly text: string }

/** From the worker: of the text with this number. */
export interface FromTypes {
  readonly number: number
  readonly problems: readonly TypeProblem[]
}
