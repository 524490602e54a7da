import type { Page } from 'playwright-core'
import { writtenChapters } from '../../../.vitepress/book/chapters.ts'
import { expect, test } from 'vitest'
import { openPage } from '../browser.ts'

const card = (page: Page) => page.locator('.claim .card:popover-open')
const marks = (page: Page) => page.locator('.claim .mark:visible')
const mark = (page: Page) => marks(page).nth(2)

test('a mark opens the card of its claim at its side, by mouse, key or finger', async () => {
  const page = await openPage('/load-balancer')
  await mark(page).click()
  await card(page).waitFor()
  expect(await card(page).innerText()).toMatch(/Tested: it holds[^]*run on \d+ \w+ 2\d{3}/)
  const [at, shown] = await Promise.all([mark(page).boundingBox(), card(page).boundingBox()])
  const gap = Math.min(
    Math.abs(shown!.y - (at!.y + at!.height)),
    Math.abs(at!.y - (shown!.y + shown!.height)),
  )
  expect(gap).toBeLessThan(6)
  await page.keyboard.press('Escape')
  await expect.poll(() => card(page).count()).toBe(0)
  await mark(page).press('Enter')
  await card(page).waitFor()

  const phone = await openPage('/load-balancer', { width: 390, touch: true, lang: 'zh' })
  await mark(phone).tap()
  await card(phone).waitFor()
  const box = (await card(phone).boundingBox())!
  expect(box.x).toBeGreaterThanOrEqual(0)
  expect(box.x + box.width).toBeLessThanOrEqual(390)
})

test('a mouse that passes closes it again; a click makes it stay', async () => {
  const page = await openPage('/load-balancer')
  await mark(page).hover()
  await card(page).hover()
  expect(await card(page).count()).toBe(1)
  await page.mouse.move(2, 2)
  await expect.poll(() => card(page).count()).toBe(0)

  await mark(page).hover()
  await mark(page).click()
  await page.mouse.move(2, 2)
  await card(page).waitFor()
  await mark(page).click()
  await expect.poll(() => card(page).count()).toBe(0)
})

test('one card at a time, gone with the next scroll', async () => {
  const page = await openPage('/load-balancer')
  await mark(page).click()
  await marks(page).nth(3).click()
  expect(await card(page).count()).toBe(1)
  await page.mouse.wheel(0, 300)
  await expect.poll(() => card(page).count()).toBe(0)
})

test('no claim or term is left that the page did not write out', async () => {
  for (const { slug } of writtenChapters()) {
    const page = await openPage(`/${slug}`, { javaScript: false })
    expect(await page.locator('claim, term').count()).toBe(0)
    expect(await page.locator('.claim .card').count()).toBeGreaterThan(10)
  }
})
