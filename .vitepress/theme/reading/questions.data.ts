import { markdownOf, writtenChapters } from '../../book/chapters.ts'
import type { Language } from '../../../labs/language.ts'
import { type Question, questionsIn } from './questions.ts'

/** By the chapter's slug. */
export type Questions = Readonly<Record<string, Readonly<Record<Language, readonly Question[]>>>>

declare const data: Questions
export { data }

/** For the page of one's progress, and not with the chapters' list, which every page has. */
export default {
  watch: ['../../../docs/*.md', '../../../docs/zh/*.md'],
  load(): Questions {
    const of = (slug: string, language: Language) => questionsIn(markdownOf({ slug }, language))
    return Object.fromEntries(
      writtenChapters().map(({ slug }) => [slug, { en: of(slug, 'en'), zh: of(slug, 'zh') }]),
    )
  },
}
