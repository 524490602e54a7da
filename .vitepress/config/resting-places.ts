import type { MarkdownEnv, MarkdownRenderer } from 'vitepress'

/** Before each part of a chapter but the first; see theme/reading/RestingPlace.vue. After all else is in its place. */
export function restingPlaces(md: MarkdownRenderer): void {
  md.core.ruler.push('resting_places', (state) => {
    const { frontmatter = {}, forSearch } = state.env as Partial<MarkdownEnv> & {
      forSearch?: boolean
    }
    const { parts = {} } = frontmatter as { parts?: Readonly<Record<string, string>> }
    const [, ...later] = Object.keys(parts)
    if (forSearch || later.length === 0) return
    state.tokens = state.tokens.flatMap((token) => {
      const id = token.type === 'heading_open' && token.attrGet('id')
      if (!id || !later.includes(id)) return [token]
      const place = new state.Token('html_block', '', 0)
      place.content = `<RestingPlace before="${id}" />\n`
      return [place, token]
    })
  })
}
