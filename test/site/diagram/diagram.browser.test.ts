import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { openPage, type View } from '../browser.ts'

/** The chapter's diagram, with its moving part loaded. */
async function openDiagram(view: View = {}): Promise<Page> {
  const page = await openPage('/load-balancer', view)
  await page.locator('.stage-diagram').first().scrollIntoViewIfNeeded()
  await page.locator('.play:enabled').first().waitFor()
  return page
}

const web1 = (page: Page) => page.getByRole('button', { name: /^web1/ }).first()
const log = (page: Page) => page.locator('.stage-diagram [role=log]').first()
const pixels = (page: Page) =>
  page
    .locator('.stage-diagram canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())

/** A canvas of that size, with nothing on it. */
const blank = (page: Page) =>
  page
    .locator('.stage-diagram canvas')
    .first()
    .evaluate(({ width, height }: HTMLCanvasElement) =>
      Object.assign(document.createElement('canvas'), { width, height }).toDataURL(),
    )
const widthOf = (page: Page) =>
  page
    .locator('.stage-diagram canvas')
    .first()
    .evaluate(({ width }: HTMLCanvasElement) => width)
const show = (page: Page, shown: boolean) =>
  page
    .locator('.stage-diagram .picture')
    .first()
    .evaluate((picture: HTMLElement, isShown) => {
      picture.style.display = isShown ? '' : 'none'
    }, shown)

describe('the living diagram', () => {
  test('a finger’s first tap on a server acts, although the moving part is still to come', async () => {
    const page = await openPage('/load-balancer', { width: 390, touch: true })
    const server = page.locator('svg.narrow [data-server="web1"]')
    await server.scrollIntoViewIfNeeded()
    await server.tap()
    await log(page).getByText('web1 was killed').waitFor()
  })

  test('a first tap on a spare lets it join', async () => {
    const page = await openPage('/many-redis', { width: 390, touch: true })
    const spare = page.locator('svg.narrow [data-server="redis4"]')
    await spare.scrollIntoViewIfNeeded()
    await spare.tap()
    await log(page).getByText('Redis 4 has joined').waitFor()
  })

  test('a master is killed: its copy takes over, and no more when two Sentinels are dead', async () => {
    const page = await openPage('/replicated-redis', { width: 390, touch: true })
    const server = (id: string) => page.locator(`svg.narrow [data-server="${id}"]`)
    await server('redis1').scrollIntoViewIfNeeded()
    await server('redis1').tap()
    await log(page).getByText('Copy 1 is master now').waitFor()
    for (const id of ['sentinel1', 'sentinel2', 'redis2']) await server(id).tap()
    await log(page).getByText('Redis 2 was killed').waitFor()
    await server('sentinel2').tap()
    await log(page).getByText('Copy 2 is master now').waitFor()
  })

  test('by keyboard alone: Enter kills a server and revives it, C pulls its cable', async () => {
    const page = await openDiagram()
    await web1(page).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^web1 killed/ }).waitFor()
    await log(page).getByText('web1 was killed').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: /^web1.*kill it/ }).waitFor()
    await page.keyboard.press('c')
    await page.getByRole('button', { name: /^web1 unreachable/ }).waitFor()
  })

  test('P stops the traffic, and S lets it go one step', async () => {
    const page = await openDiagram()
    await web1(page).focus()
    await page.keyboard.press('p')
    await page.getByRole('button', { name: 'Play' }).first().waitFor()
    const still = await pixels(page)
    await page.keyboard.press('s')
    await expect.poll(() => pixels(page)).not.toBe(still)
  })

  test('stands still for a reader who asked for little motion, and still can be stepped', async () => {
    const page = await openDiagram({ reducedMotion: true })
    await page.getByRole('button', { name: 'Play' }).first().waitFor()
    const still = await pixels(page)
    await page.evaluate(async () => {
      for (let frame = 0; frame < 20; frame++) await new Promise(requestAnimationFrame)
    })
    expect(await pixels(page)).toBe(still)
    await page.getByRole('button', { name: 'Step' }).first().click()
    await expect.poll(() => pixels(page)).not.toBe(still)
  })

  test('bears to be put out of sight, and is there again afterwards', async () => {
    const page = await openDiagram({ reducedMotion: true })
    await page.getByRole('button', { name: 'Step' }).first().click()
    await expect.poll(() => pixels(page)).not.toBe(await blank(page))
    await show(page, false)
    await expect.poll(() => widthOf(page)).toBe(0)
    await show(page, true)
    await expect.poll(() => widthOf(page)).toBeGreaterThan(0)
    expect(await pixels(page)).not.toBe(await blank(page))
  })

  test.each(['/layer-four', '/cache-tier'])(
    'with all its tiers side by side, it fits beside the text of %s',
    async (path) => {
      const page = await openPage(path, { javaScript: false })
      expect(await page.locator('.stage-diagram svg.wide').isVisible()).toBe(true)
      expect(await page.locator('.stage-diagram svg.narrow').isVisible()).toBe(false)
    },
  )

  test('can be read without any script', async () => {
    const page = await openPage('/load-balancer', { javaScript: false })
    const picture = page.locator('.stage-diagram svg.wide').first()
    const labels = await picture.locator('.label').allTextContents()
    expect(labels.map((label) => label.trim())).toContain('nginx')
    expect(await picture.getByRole('button').count()).toBe(0)
  })

  test.each(['en', 'zh'] as const)('has its own layout on a phone (%s)', async (lang) => {
    const page = await openDiagram({ width: 390, lang })
    expect(await page.locator('svg.narrow').first().isVisible()).toBe(true)
    expect(await page.locator('svg.wide').first().isVisible()).toBe(false)
    const sizes = await page
      .locator('svg.narrow text')
      .evaluateAll((texts) => texts.map((text) => parseFloat(getComputedStyle(text).fontSize)))
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  })
})
