import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { withPolicy } from '../../.vitepress/config/content-security-policy.ts'
import { frameScript } from '../../.vitepress/theme/playground/judge/sealed-frame.ts'

const page = (scripts: string) => `<head><meta charset="utf-8">${scripts}</head>`
const hash = (code: string) => createHash('sha256').update(code).digest('base64')

const allowed = (...codes: string[]) =>
  `script-src 'self' blob: ${[...codes, frameScript].map((code) => `'sha256-${hash(code)}'`).join(' ')};`

test('each inline script is allowed by its own hash, and no other', () => {
  const html = withPolicy(page('<script>one()</script><script id="x">two()</script>'))
  expect(html).toContain(allowed('one()', 'two()'))
  expect(html).not.toContain("script-src 'self' 'unsafe-inline'")
})

test('a script from a file needs none', () => {
  expect(withPolicy(page('<script type="module" src="/a.js"></script>'))).toContain(allowed())
})

test('the policy stands before everything that it is about', () => {
  const html = withPolicy(page('<script>one()</script>'))
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'))
})
