import { createMarkdownRenderer } from 'vitepress'
import { expect, test } from 'vitest'
import { inlineComponents } from '../../.vitepress/config/inline-components.ts'

const { render } = await createMarkdownRenderer('.', { config: inlineComponents })

test('a paragraph may begin with a claim, and its Markdown is read', () => {
  expect(render('<Claim id="x">It *is* `so`.</Claim> Really.').trim()).toBe(
    '<p><Claim id="x">It <em>is</em> <code>so</code>.</Claim> Really.</p>',
  )
})

test('choices stand side by side in their question, without paragraphs around them', () => {
  const html = render('How many?\n\n<Choice>`30`</Choice>\n<Choice right>**None**</Choice>\n')
  expect(html).toContain('<p>How many?</p>')
  expect(html).toContain('<Choice><code>30</code></Choice>')
  expect(html).toContain('<Choice right><strong>None</strong></Choice>')
  expect(html).not.toContain('<p><Choice')
})
