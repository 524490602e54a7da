import { expect, test } from 'vitest'
import { goto, openContext, openPage } from './browser.ts'

test('a page says in its policy that it asks nobody else', async () => {
  const page = await openPage('/load-balancer')
  const policy = await page
    .locator('meta[http-equiv="Content-Security-Policy"]')
    .getAttribute('content')
  expect(policy).toContain("default-src 'self'")
  expect(policy).not.toMatch(/https?:|\*|unsafe-eval/)
})

test('and the browser holds it to that', async () => {
  const page = await (await openContext()).newPage()
  await goto(page, '/load-balancer')
  const answer = await page.evaluate(async () => {
    const refused = new Promise((resolve) =>
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
        resolve(effectiveDirective),
      ),
    )
    await fetch('https://four-tiers.invalid/').catch(() => undefined)
    return refused
  })
  expect(answer).toBe('connect-src')
})
