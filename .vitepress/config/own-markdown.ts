import type { MarkdownRenderer } from 'vitepress'
import { sameHeadingIds } from './heading-ids.ts'
import { inlineComponents } from './inline-components.ts'
import { printedComments } from './printed-comments.ts'
import { restingPlaces } from './resting-places.ts'
import { staticTags } from './static-tags.ts'
import { taskLinks } from './task-links.ts'

/** What the pages have that VitePress's Markdown has not. */
export function ownMarkdown(md: MarkdownRenderer): void {
  inlineComponents(md)
  sameHeadingIds(md)
  taskLinks(md)
  restingPlaces(md)
  staticTags(md)
  printedComments(md)
}
