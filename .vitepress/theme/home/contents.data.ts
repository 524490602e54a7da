import { type Chapter, chapters } from '../../book/chapters.ts'

declare const data: readonly Chapter[]
export { data }

/** Every chapter of the book, those to come too: only the first page shows them. */
export default { load: (): readonly Chapter[] => chapters }
