import type { Change } from '../../../catalog/definition.ts'
import type { Files } from './files.ts'

/** What the reader has changed of one kind of files. */
export interface Edit {
  readonly change: Change
  readonly now: Files
  readonly before: Files
}
