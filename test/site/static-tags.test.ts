import { createMarkdownRenderer } from 'vitepress'
import { expect, test } from 'vitest'
import type { ClaimRecord } from '../../.vitepress/book/claim-records.ts'
import { inlineComponents } from '../../.vitepress/config/inline-components.ts'
import { staticTags } from '../../.vitepress/config/static-tags.ts'

const record: ClaimRecord = {
  verdict: 'pass',
  figure: { en: '0 of "60" <failed> {{ x }}', zh: '60 个失败 0 个' },
  versions: { nginx: '1.26.3', Docker: '26.1.5' },
  ranAt: '2026-11-23',
  test: { file: 'test/claims/failure.engine.test.ts', line: 29 },
  source: 'as it was',
}
const records = { dead: record, failed: { ...record, verdict: 'fail' as const } }
const md = await createMarkdownRenderer('.', {
  config(renderer) {
    inlineComponents(renderer)
    staticTags(renderer, () => records)
  },
})
const render = (text: string, more: object = {}) =>
  md.render(text, { relativePath: 'a.md', ...more }).trim()

test('a claim is its sentence, a mark that opens its card, and the card', () => {
  const html = render('<Claim id="dead">It *is* `so`.</Claim> Really.')
  expect(html).toMatch(
    /^<p><span class="claim"><span class="sentence">It <em>is<\/em> <code>so<\/code>\.<\/span>/,
  )
  expect(html).toMatch(/<\/span><\/span> Really\.<\/p>$/)
  const [, target] = /data-card="([^"]+)"/.exec(html)!
  expect(html).toContain(`<span id="${target}" class="card"`)
})

test('the card holds the record in the language of the page, and nothing of the other', () => {
  const html = render('<Claim id="dead">x</Claim>')
  expect(html).toContain('0 of &quot;60&quot; &lt;failed&gt; &#123;&#123; x }}')
  expect(html).toContain('nginx 1.26.3, Docker 26.1.5, run on 23 November 2026')
  expect(html).toMatch(/href="https:.*\/blob\/main\/test\/claims\/failure\.engine\.test\.ts#L29"/)
  expect(html).not.toContain('60 个')
  const chinese = render('<Claim id="dead">x</Claim>', { relativePath: 'zh/a.md' })
  expect(chinese).toContain('60 个失败 0 个')
  expect(chinese).toContain('2026 年 11 月 23 日')
})

test.each(['new', 'failed'])('of the claim “%s” no card says that it holds', (id) => {
  const html = render(`<Claim id="${id}">x</Claim>`)
  expect(html).toContain('class="claim unproved"')
  expect(html).toContain('Not tested yet')
  expect(html).not.toContain('it holds')
})

test('the same claim twice has two cards', () => {
  const html = render('<Claim id="dead">x</Claim> <Claim id="dead">y</Claim>')
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(2)
})

test('a claim in a block of HTML is written out, too', () => {
  expect(render('<div>\n<Claim id="dead">x</Claim>\n</div>')).toContain('class="sentence">x</span>')
})

test('a term is a link to its place in the glossary of the page’s language', () => {
  expect(render('A <Term id="vip">VIP</Term>.')).toBe(
    '<p>A <a class="term" href="/glossary#vip">VIP</a>.</p>',
  )
  expect(render('<Term id="vip">x</Term>', { relativePath: 'zh/a.md' })).toContain(
    '/zh/glossary#vip',
  )
})

test('code only talks of them', () => {
  expect(render('`<Claim id="dead">`')).not.toContain('class="claim"')
})

test('the search finds the sentence, and nothing of what stands behind it', () => {
  const html = render('<Claim id="dead">It is a <Term id="vip">VIP</Term>.</Claim>', {
    forSearch: true,
  })
  expect(html).toBe('<p>It is a VIP.</p>')
})
