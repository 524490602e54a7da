import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MarkdownEnv, MarkdownRenderer } from 'vitepress'
import { withoutFrontmatter } from '../book/frontmatter.ts'
import { languageOfPage } from '../book/page-language.ts'

const docs = join(import.meta.dirname, '../../docs')

/** What is needed of a token of markdown-it. */
interface Token {
  readonly type: string
  readonly tag: string
  attrGet(name: string): string | null
  attrSet(name: string, value: string): void
}

const headingsOf = (tokens: readonly Token[]) =>
  tokens.filter(({ type }) => type === 'heading_open')

function readPage(page: string): string {
  const path = join(docs, page)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/**
 * A section has one address in both languages: a heading of a Chinese page takes the id of the English
 * heading at its place. Where the two pages part, it keeps its own; test/site/heading-ids.test.ts says so.
 */
export function sameHeadingIds(md: MarkdownRenderer, read = readPage): void {
  const idsIn = (page: string) => {
    const env: MarkdownEnv = { path: join(docs, page), relativePath: page, cleanUrls: true }
    const tokens: readonly Token[] = md.parse(withoutFrontmatter(read(page)), env)
    return headingsOf(tokens).map((heading) => ({ level: heading.tag, id: heading.attrGet('id') }))
  }

  md.core.ruler.before('anchor', 'same_heading_ids', ({ tokens, env }) => {
    const { relativePath = '' } = env as Partial<MarkdownEnv>
    if (languageOfPage(relativePath) !== 'zh') return
    const english = idsIn(relativePath.replace(/^zh\//, ''))
    headingsOf(tokens as readonly Token[]).forEach((heading, place) => {
      const other = english[place]
      if (other?.id && other.level === heading.tag) heading.attrSet('id', other.id)
    })
  })
}
