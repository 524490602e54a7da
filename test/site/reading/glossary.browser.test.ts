import { expect, test } from 'vitest'
import { openPage } from '../browser.ts'

test('a term shows its meaning on focus, and hides it on Escape', async () => {
  const page = await openPage('/load-balancer')
  const term = page.locator('a.term').first()
  await term.focus()
  const card = page.getByRole('tooltip')
  await card.waitFor()
  expect(await term.getAttribute('aria-describedby')).toBe(await card.getAttribute('id'))
  expect((await card.innerText()).length).toBeGreaterThan(20)
  await page.keyboard.press('Escape')
  await card.waitFor({ state: 'detached' })
})

test('a pointer may travel onto the card to read it', async () => {
  const page = await openPage('/load-balancer', { lang: 'zh' })
  await page.locator('a.term').first().hover()
  const card = page.getByRole('tooltip')
  await card.hover()
  expect(await card.isVisible()).toBe(true)
})

test('a card stays inside a narrow screen', async () => {
  const page = await openPage('/load-balancer', { width: 390 })
  for (const term of (await page.locator('a.term').all()).slice(0, 8)) {
    await term.scrollIntoViewIfNeeded()
    await term.focus()
    await page.getByRole('tooltip').waitFor()
    const box = await page.getByRole('tooltip').boundingBox()
    expect(box!.x).toBeGreaterThanOrEqual(0)
    expect(box!.x + box!.width).toBeLessThanOrEqual(390)
    await page.keyboard.press('Escape')
  }
})

test('a term that the focus brings into view shows its meaning there', async () => {
  const page = await openPage('/load-balancer')
  await page.locator('a.term').last().focus()
  const card = page.getByRole('tooltip')
  await card.waitFor()
  await page.waitForFunction(() => window.scrollY > 0)
  const [term, shown] = await Promise.all([
    page.locator('a.term').last().boundingBox(),
    card.boundingBox(),
  ])
  const gap = Math.min(
    Math.abs(shown!.y - (term!.y + term!.height)),
    Math.abs(term!.y - (shown!.y + shown!.height)),
  )
  expect(gap).toBeLessThan(12)
})

test('Enter on a term leads to its place in the glossary', async () => {
  const page = await openPage('/load-balancer')
  const term = page.locator('a.term').first()
  const id = new URL((await term.getAttribute('href'))!, page.url()).hash.slice(1)
  await term.focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**/glossary#${id}`)
  await page.locator(`.glossary [id="${id}"]`).waitFor()
})

test('a finger’s first tap shows the meaning, and the second leads to the glossary', async () => {
  const page = await openPage('/load-balancer', { width: 390, touch: true })
  const term = page.locator('a.term').first()
  await term.tap()
  await page.getByRole('tooltip').waitFor()
  expect(page.url()).toMatch(/load-balancer$/)
  await term.tap()
  await page.waitForURL('**/glossary#*')
  await expect.poll(() => page.getByRole('tooltip').count()).toBe(0)
})

test('code in a meaning is code, in the card and in the glossary', async () => {
  const page = await openPage('/glossary')
  expect(await page.locator('.glossary p code').count()).toBeGreaterThan(3)
  expect(await page.locator('.glossary').innerText()).not.toContain('`')
})
