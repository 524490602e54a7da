import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type ClaimRecord, sourceOf } from '../../.vitepress/book/claim-records.ts'
import { claimsIn, problemsIn, problemWith } from '../../.vitepress/config/claims.ts'

const record: ClaimRecord = {
  verdict: 'pass',
  figure: { en: '0 of "60" <failed>', zh: '60 个失败 0 个' },
  versions: { nginx: '1.26.3', Docker: '26.1.5' },
  ranAt: '2026-11-23',
  test: { file: 'test/claims/failure.engine.test.ts', line: 29 },
  source: 'as it was',
}
const records = { dead: record }
const unchanged = () => 'as it was'

describe('a claim on a page', () => {
  test('is found with its line, wherever it stands', () => {
    const page =
      '# One\n\n<Claim id="a">x</Claim> and <Claim id="b">y</Claim>\n- <Claim id="c">z</Claim>'
    expect(claimsIn(page).map(({ id, line }) => [id, line])).toEqual([
      ['a', 3],
      ['b', 3],
      ['c', 4],
    ])
  })

  test.each([
    ['a fence', '```md\n<Claim id="a">\n```\n'],
    ['a fence in a list', '- so:\n\n  ```md\n  <Claim id="a">\n  ```\n'],
    ['code in a sentence', 'Write `<Claim id="a">`.'],
    ['a comment', '<!-- <Claim id="a"> -->'],
    ['another tag', '<Claims id="a">'],
  ])('in %s is only talked about', (_, page) => {
    expect(claimsIn(`${page}\n<Claim id="b">y</Claim>`).map(({ id }) => id)).toEqual(['b'])
  })
})

describe('the build ends, and says what to type next, when a claim', () => {
  test('has no test', () => {
    expect(problemWith('new', records, unchanged)).toContain(`Next: write claim('new', …)`)
  })

  test('was disproved by its last run', () => {
    const failed = { dead: { ...record, verdict: 'fail' as const } }
    expect(problemWith('dead', failed, unchanged)).toMatch(/2026-11-23, failed\. Next: npx vitest/)
  })

  test('has a test that has changed since', () => {
    expect(problemWith('dead', records, () => 'as it is')).toMatch(/has changed.*npm run claims$/)
  })

  test('and not when it passed and nothing has changed', () => {
    expect(problemWith('dead', records, unchanged)).toBeUndefined()
  })

  test('with the file and the line', () => {
    const pages = new Map([['docs/a.md', 'One\n<Claim id="new">two</Claim>']])
    expect(problemsIn(pages, records)).toEqual([
      expect.stringMatching(/^docs\/a\.md:2: <Claim id="new">: no test has shown it/),
    ])
  })

  test('has no id', () => {
    const pages = new Map([['docs/a.md', '<Claim>two</Claim>']])
    expect(problemsIn(pages, records)).toHaveLength(1)
  })
})

describe('the source of a test changes with', () => {
  const folder = mkdtempSync(join(tmpdir(), 'four-tiers-source-'))
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('the test, what it imports and the files it names, and with nothing else', () => {
    mkdirSync(join(folder, 'app'))
    write('a.test.ts', `import { b } from './b.ts'\nnew URL('./app', import.meta.url)`)
    write('b.ts', `import './a.test.ts'\nnew URL('./b.conf', import.meta.url)`)
    write('b.conf', 'one')
    write('app/x.js', 'one')
    write('stranger.ts', 'one')
    const source = () => sourceOf(join(folder, 'a.test.ts'), folder)
    const seen = [source()]
    for (const name of ['b.conf', 'app/x.js']) {
      write(name, 'two')
      expect(seen).not.toContain(source())
      seen.push(source())
    }
    write('stranger.ts', 'two')
    expect(source()).toBe(seen.at(-1))
  })
})
