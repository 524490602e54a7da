import type { MarkdownRenderer } from 'vitepress'

const inline = /^<(?:Term|Claim|Choice)[\s>]/

/**
 * A paragraph may begin with one of our inline components: to Markdown that would be a block of HTML,
 * in which `code` and **emphasis** stand as typed. A choice is not wrapped in a paragraph.
 */
export function inlineComponents(md: MarkdownRenderer): void {
  const paragraph = md.block.ruler.getRules('').at(-1)!

  md.block.ruler.before('html_block', 'inline_component', (state, startLine, endLine, silent) => {
    const start = state.bMarks[startLine]! + state.tShift[startLine]!
    if (!inline.test(state.src.slice(start, state.eMarks[startLine]))) return false
    return paragraph(state, startLine, endLine, silent)
  })

  md.core.ruler.after('inline', 'bare_choices', ({ tokens }) => {
    tokens.forEach((token, i) => {
      if (token.type !== 'inline' || !token.content.startsWith('<Choice')) return
      for (const around of [tokens[i - 1], tokens[i + 1]]) if (around) around.hidden = true
    })
  })
}
