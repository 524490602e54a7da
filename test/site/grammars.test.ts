import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMarkdownRenderer } from 'vitepress'
import { describe, expect, test } from 'vitest'
import { codeTheme } from '../../.vitepress/config/code-theme.ts'
import { grammars } from '../../.vitepress/config/grammars/index.ts'

const render = await createMarkdownRenderer('docs', { theme: codeTheme, languages: grammars })

/** Each piece of the code that has an ink of its own, with the ink's name. */
function inks(code: string, language = 'vcl') {
  const html = render.render(`\`\`\`${language}\n${code}\n\`\`\``)
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

const root = join(import.meta.dirname, '../..')
const fileOf = (path: string) => readFileSync(join(root, path), 'utf8')
/** Each line's first piece, and its ink. */
const firstInks = (code: string, language: string) =>
  code.split('\n').map((line) => inks(line.trim(), language)[0] ?? [line.trim(), 'none'])

describe('nginx', () => {
  const upstream = fileOf('labs/01-load-balancer/solution/nginx/teahouse.conf')
    .split('# region upstream\n')[1]!
    .split('# endregion')[0]!

  test('every server of an upstream has the ink of a directive, and its numbers theirs', () => {
    const found = inks(upstream, 'nginx')
    expect(found.filter(([text]) => text === 'server')).toEqual(
      Array(3).fill(['server', 'tier-l4']),
    )
    expect(found).toContainEqual(['upstream', 'tier-l4'])
    expect(found).toContainEqual(['teahouse', 'tier-data'])
    expect(found.filter(([, ink]) => ink === 'ink-2')).toHaveLength(4)
  })

  test('several statements in a line are several', () => {
    const found = inks('upstream web1 { server web1:3000; server web2:3000 backup; }', 'nginx')
    expect(found.filter(([, ink]) => ink === 'tier-l4').map(([text]) => text)).toEqual([
      'upstream',
      'server',
      'server',
    ])
  })

  test('variables, expressions, strings and times each have their ink', () => {
    const code = `location ~ \\.png$ { expires 30d; add_header X "$host"; return 302 $uri; } # done`
    expect(inks(code, 'nginx')).toEqual(
      expect.arrayContaining([
        ['location', 'tier-l4'],
        ['\\.png$', 'tier-edge'],
        ['30d', 'tier-app'],
        ['$uri', 'tier-l7'],
        ['# done', 'ink-2'],
      ]),
    )
  })

  test('an address is no number, and a sign within a word no comment', () => {
    const found = inks('proxy_pass http://127.0.0.1:3000/a#b;', 'nginx')
    expect(found.map(([, ink]) => ink)).not.toContain('tier-app')
    expect(found.map(([, ink]) => ink)).not.toContain('ink-2')
  })
})

describe('keepalived', () => {
  test('every line of the lab’s file begins with a directive, an address, a comment or a brace', () => {
    const file = fileOf('labs/02-layer-four/solution/lvs1/keepalived.conf')
    const odd = firstInks(file, 'keepalived').filter(
      ([text, ink]) =>
        text !== '' && text !== '}' && !['tier-l4', 'tier-app', 'ink-2'].includes(ink!),
    )
    expect(odd).toEqual([])
  })

  test('an instance has its name, and a state is a constant', () => {
    expect(inks('vrrp_instance FRONT {\n    state BACKUP\n}', 'keepalived')).toMatchObject([
      ['vrrp_instance', 'tier-l4'],
      ['FRONT', 'tier-data'],
      ['{', 'ink'],
      ['state', 'tier-l4'],
      ['BACKUP', 'tier-l7'],
      ['}', 'ink'],
    ])
  })
})

test('in HAProxy sections have names, keywords an ink, and times theirs', () => {
  const found = inks(
    'backend teahouse\n    timeout check 2s # short\n    server web1 web1:3000',
    'haproxy',
  )
  expect(found).toEqual(
    expect.arrayContaining([
      ['backend', 'tier-l4'],
      ['teahouse', 'tier-data'],
      ['timeout', 'tier-l4'],
      ['2s', 'tier-app'],
      ['# short', 'ink-2'],
      ['server', 'tier-l4'],
    ]),
  )
})
