import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { idOfPage, planForPages } from '../proof/items.ts'
import { when } from '../proof/when.ts'
import { openPage } from './browser.ts'
import { pages } from './pages.ts'

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
)

/** What axe finds, as `rule: where`. Evaluated from outside, which the page's policy does not concern. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  )
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth)

const heightOf = (page: Page) => page.evaluate(() => document.documentElement.scrollHeight)

/** Walks down the page, so that everything that waits for the reader has come: into its own place. */
async function seeAll(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  const height = await heightOf(page)
  await page.evaluate(async () => {
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
      scrollTo({ top: y, behavior: 'instant' })
      await new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame)))
    }
  })
  await page.waitForLoadState('networkidle')
  expect(await heightOf(page), 'nothing that comes moves what is below it').toBe(height)
}

const { now } = planForPages()
const chosen = when === 'day' ? pages.filter((path) => now.has(idOfPage(path))) : pages

describe.each(chosen)('%s', (path) => {
  const meta = { proves: idOfPage(path) }
  test.each(['en', 'zh'] as const)(
    'in %s, on a telephone in daylight: nothing sticks out or moves, and everybody can use it',
    { meta },
    async (lang) => {
      const page = await openPage(path, { lang, width: 390, reducedMotion: true })
      await seeAll(page)
      expect(await widthOf(page)).toBe(390)
      expect(await violations(page)).toEqual([])
    },
  )

  test.each(['en', 'zh'] as const)(
    'in %s, on a desk at night: nothing sticks out or moves, and everybody can use it',
    { meta },
    async (lang) => {
      const page = await openPage(path, { lang, dark: true, reducedMotion: true })
      await seeAll(page)
      expect(await widthOf(page)).toBe(1280)
      expect(await violations(page)).toEqual([])
    },
  )
})
