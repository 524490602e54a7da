import { parse } from 'yaml'

const parts = /^---\r?\n([^]*?)\r?\n---\r?\n([^]*)$/

/** What a page says of itself before its text begins; nothing where it says nothing. */
export function frontmatterOf(markdown: string): Readonly<Record<string, unknown>> {
  const yaml = parts.exec(markdown)?.[1]
  return yaml === undefined ? {} : ((parse(yaml) ?? {}) as Readonly<Record<string, unknown>>)
}

export const withoutFrontmatter = (markdown: string): string =>
  parts.exec(markdown)?.[2] ?? markdown
