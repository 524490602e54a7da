import { createMarkdownRenderer } from 'vitepress'
import { expect, test } from 'vitest'
import { codeTheme } from '../../.vitepress/config/code-theme.ts'
import { vclGrammar } from '../../.vitepress/config/vcl-grammar.ts'

const render = await createMarkdownRenderer('docs', { theme: codeTheme, languages: [vclGrammar] })

/** Each piece of the code that has an ink of its own, with the ink's name. */
function inks(code: string) {
  const html = render.render(`\`\`\`vcl\n${code}\n\`\`\``)
  const pieces = html.matchAll(/<span style="[^"]*--ft-([\w-]+)\)[^"]*">([^<]*)<\/span>/g)
  return [...pieces].map(([, ink, text]) => [text!.trim(), ink] as const)
}

test('in VCL a comment is one piece, whatever words are in it', () => {
  const comment = '# The same for everybody, if "signed" in or not.'
  const found = inks(comment).map(([text, ink]) => [text.replaceAll('&quot;', '"'), ink])
  expect(found).toEqual([[comment, 'ink-2']])
})

test('in VCL keywords, durations, strings and the parts of a request each have their ink', () => {
  const found = Object.fromEntries(inks('set beresp.ttl = 24h; if (req.url ~ "^/a\\.b") {}'))
  expect(found).toMatchObject({
    set: 'tier-l4',
    'beresp.ttl': 'tier-l7',
    '24h': 'tier-app',
    '"^/a\\.b"': 'tier-edge',
  })
})
