import { type Chapter, isWritten, readChapters } from '../../book/chapters.ts'

/** Every chapter of the book: only the first page shows those to come. */
export interface Contents {
  readonly written: readonly Chapter[]
  readonly toCome: readonly Chapter[]
}

declare const data: Contents
export { data }

export default {
  watch: ['../../../docs/*.md', '../../../docs/zh/*.md', '../../../docs/planned-chapters.yaml'],
  load(): Contents {
    const chapters = readChapters()
    return {
      written: chapters.filter(isWritten),
      toCome: chapters.filter((chapter) => !isWritten(chapter)),
    }
  },
}
