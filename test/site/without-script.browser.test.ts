import { expect, test } from 'vitest'
import { needsScript } from '../../.vitepress/theme/home/needs-script.ts'
import { openPage } from './browser.ts'

test.each(['en', 'zh'] as const)(
  'in %s, a page without scripts says what needs them, at each place',
  async (lang) => {
    const page = await openPage('/single-server', { lang, javaScript: false })
    const { picture, exercise } = needsScript[lang]
    await page.getByText(picture).first().waitFor()
    await page.getByText(exercise).waitFor()
  },
)

test('with scripts nobody is told, and the page wakes as it was drawn', async () => {
  const page = await openPage('/single-server')
  expect(await page.getByText(needsScript.en.picture).first().isVisible()).toBe(false)
})
