import type { Language, Text } from '../../../labs/language.ts'
import type { Place } from '../reading/place.ts'

interface Chapter {
  readonly number: number
  readonly slug: string
  readonly title: Text
}

/** What the first page offers. */
export type Next =
  | { readonly kind: 'start' | 'chapter'; readonly slug: string }
  | {
      readonly kind: 'place'
      readonly slug: string
      readonly chapter: string
      /** Its title only in the language in which it was read. */
      readonly section?: { readonly id: string; readonly title?: string }
    }

/**
 * The place where the reader was; where that was the end of a chapter, or none, the first chapter that
 * has not been read to its end.
 */
export function nextToRead(
  chapters: readonly Chapter[],
  place: Place | undefined,
  isRead: (slug: string) => boolean,
  language: Language,
): Next {
  const open = chapters.find(({ slug }) => slug === place?.slug)
  if (place && open && !place.isLast) return placeIn(open, place, language)
  const { slug, number } = chapters.find((chapter) => !isRead(chapter.slug)) ?? chapters[0]!
  return { kind: number === 0 ? 'start' : 'chapter', slug }
}

function placeIn({ slug, title }: Chapter, place: Place, language: Language): Next {
  const { section } = place
  const isInLanguage = place.language === language
  return {
    kind: 'place',
    slug,
    chapter: title[language],
    ...(section && {
      section: { id: section.id, ...(isInLanguage && { title: section.title }) },
    }),
  }
}
