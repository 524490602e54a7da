import { type Chapter, readChapters } from '../../book/chapters.ts'

declare const data: readonly Chapter[]
export { data }

/** Every chapter of the book, those to come too: only the first page shows them. */
export default {
  watch: ['../../../docs/*.md', '../../../docs/zh/*.md', '../../../docs/planned-chapters.yaml'],
  load: readChapters,
}
