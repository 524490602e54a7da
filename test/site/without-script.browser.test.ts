import { expect, test } from 'vitest'
import { needsScript } from '../../.vitepress/theme/home/needs-script.ts'
import { openPage } from './browser.ts'

test.each(['en', 'zh'] as const)(
  'in %s, a page without scripts says what needs them, at each place',
  async (lang) => {
    const page = await openPage('/single-server', { lang, javaScript: false })
    const { picture, exercise } = needsScript[lang]
    // A search for texts passes over `noscript`.
    const told = page.locator('noscript')
    expect(await told.allInnerTexts()).toEqual(expect.arrayContaining([picture, exercise]))
    expect((await told.first().boundingBox())!.height).toBeGreaterThan(10)
  },
)

test('with scripts nobody is told, and the page wakes as it was drawn', async () => {
  const page = await openPage('/single-server')
  const told = await page.locator('noscript').all()
  expect(told.length).toBeGreaterThan(1)
  for (const one of told) expect(await one.isVisible()).toBe(false)
})
