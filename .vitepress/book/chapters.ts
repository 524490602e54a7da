import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Language, Text } from '../../labs/language.ts'
import { frontmatterOf } from './frontmatter.ts'

/** One chapter of the book. Its slug is stable; its number is only the order of reading. */
export interface Chapter {
  readonly number: number
  readonly slug: string
  readonly title: Text
  /** What stands in the picture that was not there before. */
  readonly about: Text
}

export interface WrittenChapter extends Chapter {
  /** To read it. */
  readonly minutes: number
  /** In the order of reading; none in a short one. */
  readonly parts: readonly ChapterPart[]
  /** Of its lab: each with the sections that teach it, by their headings' ids. */
  readonly tasks: Readonly<Record<string, readonly string[]>>
}

/** What is read at a stretch: about ten minutes, and then there is a place to rest. */
export interface ChapterPart {
  /** Of the heading that it begins with. */
  readonly id: string
  readonly title: Text
}

const docs = join(import.meta.dirname, '../../docs')
/** Those to come. One that has a page speaks for itself, in its frontmatter. */
export const planned = join(docs, 'planned-chapters.yaml')

const ofItself = z.object({
  chapter: z.int(),
  title: z.string(),
  about: z.string(),
  minutes: z.int().positive(),
  parts: z.record(z.string(), z.string()).default({}),
  tasks: z.record(z.string(), z.array(z.string()).min(1)).default({}),
})
const text = z.object({ en: z.string(), zh: z.string() })
const ofOneToCome = z.object({ chapter: z.int(), slug: z.string(), title: text, about: text })

export const markdownOf = ({ slug }: Pick<Chapter, 'slug'>, language: Language = 'en'): string =>
  readFileSync(join(docs, language === 'zh' ? 'zh' : '', `${slug}.md`), 'utf8')

export const isWritten = ({ slug }: Pick<Chapter, 'slug'>): boolean =>
  existsSync(join(docs, `${slug}.md`))

/** Of the whole book, in the order of reading. */
export function readChapters(): readonly Chapter[] {
  return [...writtenChapters(), ...toCome()].sort((a, b) => a.number - b.number)
}

export const writtenChapters = (): readonly WrittenChapter[] =>
  slugs()
    .map(chapterFromPages)
    .sort((a, b) => a.number - b.number)

const slugs = () =>
  readdirSync(docs)
    .flatMap((name) => /^(.*)\.md$/.exec(name)?.[1] ?? [])
    .filter((slug) => 'chapter' in frontmatterOf(markdownOf({ slug })))

function chapterFromPages(slug: string): WrittenChapter {
  const en = frontmatterIn(`${slug}.md`)
  const zh = frontmatterIn(`zh/${slug}.md`)
  return {
    number: en.chapter,
    slug,
    title: { en: en.title, zh: zh.title },
    about: { en: en.about, zh: zh.about },
    minutes: en.minutes,
    parts: partsOf(slug, en.parts, zh.parts),
    tasks: en.tasks,
  }
}

/** By their headings' ids, which are alike in both languages. */
function partsOf(
  slug: string,
  en: Readonly<Record<string, string>>,
  zh: Readonly<Record<string, string>>,
): readonly ChapterPart[] {
  const [ids, others] = [Object.keys(en), Object.keys(zh)].map((all) => all.join(', '))
  if (ids !== others)
    throw new Error(`docs/zh/${slug}.md, frontmatter, parts: found ${others}; write ${ids}`)
  return Object.entries(en).map(([id, title]) => ({ id, title: { en: title, zh: zh[id]! } }))
}

function frontmatterIn(page: string) {
  const file = join(docs, page)
  if (!existsSync(file)) throw new Error(`docs/${page} is missing: every page is in both languages`)
  const { data, error } = ofItself.safeParse(frontmatterOf(readFileSync(file, 'utf8')))
  if (data) return data
  const [{ path, message }] = error.issues as [z.core.$ZodIssue]
  throw new Error(`docs/${page}, frontmatter, ${path.join('.')}: ${message}`)
}

function toCome(): Chapter[] {
  if (!existsSync(planned)) return []
  return z
    .array(ofOneToCome)
    .parse(parse(readFileSync(planned, 'utf8')) ?? [])
    .filter((chapter) => !isWritten(chapter))
    .map(({ chapter, ...rest }) => ({ number: chapter, ...rest }))
}
