import type { MarkdownOptions } from 'vitepress'

const colour = (foreground: string, scope: string[], fontStyle?: string) => ({
  scope,
  settings: { foreground: `var(--ft-${foreground})`, ...(fontStyle && { fontStyle }) },
})

/** Code in the book's own inks: one theme, and the page's variables make it light or dark. */
export const codeTheme: NonNullable<MarkdownOptions['theme']> = {
  name: 'four-tiers',
  type: 'light',
  fg: 'var(--ft-ink)',
  bg: 'var(--ft-surface)',
  settings: [
    { settings: { foreground: 'var(--ft-ink)', background: 'var(--ft-surface)' } },
    colour('ink-2', ['comment', 'punctuation.definition.comment'], 'italic'),
    colour('tier-edge', ['string', 'string.regexp', 'markup.inline.raw']),
    colour('tier-l4', [
      'keyword',
      'storage',
      'keyword.directive',
      'entity.name.tag',
      'variable.language',
    ]),
    colour('tier-app', ['constant', 'constant.numeric', 'keyword.other.unit', 'markup.deleted']),
    colour('tier-data', [
      'entity.name.function',
      'support.function',
      'entity.name.type',
      'support.type',
      'entity.other.attribute-name',
      'entity.name.section',
    ]),
    colour('tier-l7', [
      'variable.other.nginx',
      'variable.parameter',
      'punctuation.definition.variable',
      'support.constant',
    ]),
    colour('ink', ['keyword.operator', 'punctuation', 'meta.brace']),
  ],
}
