import { compile } from '@vue/compiler-dom'
import { describe, expect, test } from 'vitest'
import { staticRuns } from '../../.vitepress/config/static-runs.ts'

/** The code that Vue makes of a page, as VitePress hands it over. */
const codeOf = (html: string, filename = 'docs/chapter.md', inSSR = false): string =>
  compile(`<div>${html}</div>`, {
    ...{ filename, inSSR, mode: 'module', prefixIdentifiers: true },
    ...{ hoistStatic: true, cacheHandlers: true, nodeTransforms: [staticRuns] },
  }).code

/** The static strings in it, and of how many elements each is. */
const stringsIn = (code: string) =>
  [...code.matchAll(/createStaticVNode\((".*?"), (\d+)\)/g)].map(([, html, count]) => [
    JSON.parse(html!) as string,
    Number(count),
  ])

describe('on a page', () => {
  test('neighbours that never change are one string, and what stands between them stays', () => {
    const code = codeOf(
      '<h2 id="a">One</h2>\n<p>A <em>b</em> &amp; c</p>\n<LabBox lab="x" />\n<p>d</p>\n',
    )
    expect(stringsIn(code)).toEqual([
      ['<h2 id="a">One</h2><p>A <em>b</em> &amp; c</p>', 2],
      ['<p>d</p>', 1],
    ])
    expect(code).toContain('_component_LabBox')
  })

  test.each([
    ['a component in it', '<ul><li><Term id="x">y</Term></li></ul>'],
    ['an expression in it', '<p>It is {{ minutes }}</p>'],
    ['a handler', '<p @click="go">Go</p>'],
    ['what a component may show later', '<Predict><p>Because.</p></Predict>'],
  ])('%s keeps it as it is', (_, html) => expect(stringsIn(codeOf(html))).toEqual([]))

  test('code that is to be taken as it stands is, without the word that says so', () => {
    const code = codeOf('<p>Write <code v-pre>{{ a v-pre b }}</code></p><pre v-pre="">x</pre>')
    expect(stringsIn(code)).toEqual([['<p>Write <code>{{ a v-pre b }}</code></p><pre>x</pre>', 2]])
  })

  test('what changes is still found where it was', () => {
    const code = codeOf('<p>a</p><p>{{ b }}</p><p>c</p><p @click="d">d</p>')
    expect(code.match(/_cache\[\d+\] \|\|/g)).toHaveLength(3)
    expect(new Set(code.match(/_cache\[\d+\] \|\|/g)).size).toBe(3)
  })
})

test('elsewhere, and on the server, Vue does as it always does', () => {
  expect(stringsIn(codeOf('<p>a</p>', 'theme/LabBox.vue'))).toEqual([])
  expect(stringsIn(codeOf('<p>a</p>', 'docs/chapter.md', true))).toEqual([])
})
