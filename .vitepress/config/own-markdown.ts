import type { MarkdownRenderer } from 'vitepress'
import { sameHeadingIds } from './heading-ids.ts'
import { inlineComponents } from './inline-components.ts'
import { staticTags } from './static-tags.ts'

/** What the pages have that VitePress's Markdown has not. */
export function ownMarkdown(md: MarkdownRenderer): void {
  inlineComponents(md)
  sameHeadingIds(md)
  staticTags(md)
}
