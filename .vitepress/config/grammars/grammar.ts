import type { MarkdownOptions } from 'vitepress'

/** A TextMate grammar, as Shiki takes it. */
export type Grammar = Extract<
  NonNullable<MarkdownOptions['languages']>[number],
  { readonly name: string }
>
