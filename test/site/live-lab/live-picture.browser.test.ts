import { createServer } from 'vitepress'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { layoutOf, pointOn } from '../../../.vitepress/theme/diagram/layout.ts'
import type { LabEvent } from '../../../.vitepress/theme/diagram/live.ts'
import { waysOf } from '../../../.vitepress/theme/diagram/scene.ts'
import { livePath } from '../../../.vitepress/theme/live-path.ts'
import { projectFolder } from '../../../labs/session/folders.ts'
import type { Stage } from '../../../snippets/sim/stage.ts'
import { openContext } from '../browser.ts'
import { replay } from './recordings.ts'
import { drawn, hopsOf } from './stage-lines.ts'

/** No built site listens to a lab: this is what `npm run dev` serves. */
let dev: Awaited<ReturnType<typeof createServer>>
beforeAll(async () => {
  dev = await createServer(projectFolder, { port: 0, host: '127.0.0.1' })
  await dev.listen()
})
afterAll(() => dev.close())

/** A chapter beside a running lab, which does nothing before `send`. */
async function openChapter(slug: string) {
  const page = await (await openContext()).newPage()
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  onTestFinished(() => expect(errors).toEqual([]))
  let told: readonly LabEvent[] = [{ kind: 'lab', lab: slug }]
  // Told again and again: a page that has heard it all opens the stream anew.
  await page.route(`**${livePath}`, (route) => {
    const events = told.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
    return route.fulfill({ contentType: 'text/event-stream', body: `retry: 300\n\n${events}` })
  })
  // Of hundreds of modules Chromium drops those under way when a network card of an engine comes or goes.
  const arrive = async () => {
    await page.goto(new URL(slug, dev.resolvedUrls!.local[0]).href)
    await page.locator('main h1').waitFor()
    return true
  }
  await expect.poll(() => arrive().catch(() => false), { timeout: 100_000 }).toBe(true)
  // A reader is there, and reads on: what waits until it can be seen may come.
  const picture = page.locator('.stage-diagram').first()
  const readOn = async () => {
    await page.evaluate(() => window.scrollBy(0, 300))
    return picture.isVisible()
  }
  await expect.poll(readOn, { timeout: 60_000, interval: 300 }).toBe(true)
  await picture.scrollIntoViewIfNeeded()
  return { page, send: (events: readonly LabEvent[]) => (told = [...told, ...events]) }
}

const canvasOf = (page: Page) => page.locator('.stage-diagram canvas').first()

const isBlank = (page: Page) =>
  canvasOf(page).evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
    return data.every((value) => value === 0)
  })

/** Shows the lab instead of the simulation: of that, no dot is left. */
async function connect(page: Page) {
  const button = page.getByRole('button', { name: 'Your lab' }).first()
  const isEmpty = async () => {
    // At first Vite may load the page anew: a package came to light.
    if ((await button.getAttribute('aria-pressed')) === 'false') await button.click()
    return isBlank(page)
  }
  await expect.poll(isEmpty, { timeout: 60_000, interval: 500 }).toBe(true)
}

/** Of the picture's lines, either way, those on whose middle a dot is seen, until all wanted are. */
async function linesWithDots(page: Page, stage: Stage, wanted: readonly string[]) {
  const layout = layoutOf(stage, 'wide', 'column')
  const middle = Array.from({ length: 16 }, (_, index) => 0.35 + index * 0.02)
  const lines = [...waysOf(layout)].map(([name, curve]) => ({
    name,
    points: middle.map((u) => pointOn(curve, u)),
  }))
  return canvasOf(page).evaluate(
    async (canvas: HTMLCanvasElement, { lines, wanted, width, frames }) => {
      const seen = new Set<string>()
      for (let frame = 0; frame < frames && !wanted.every((name) => seen.has(name)); frame++) {
        await new Promise(requestAnimationFrame)
        const scale = canvas.width / width
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
        const isPainted = ({ x, y }: { readonly x: number; readonly y: number }) =>
          data[4 * (Math.round(y * scale) * canvas.width + Math.round(x * scale)) + 3]! > 0
        for (const { name, points } of lines) if (points.some(isPainted)) seen.add(name)
      }
      return [...seen]
    },
    { lines, wanted, width: layout.width, frames: 600 },
  )
}

describe('beside a running lab, dots move along each line that its answers take', () => {
  test.each(drawn)('$lab.slug', async ({ lab, stage }) => {
    const { page, send } = await openChapter(lab.slug)
    await connect(page)
    const events = replay(lab)
    send(events)
    const paths = events.flatMap((event) => (event.kind === 'answered' ? [event.path] : []))
    const hops = paths.flatMap((path) => [...hopsOf(path), ...hopsOf([...path].reverse())])
    const wanted = [...new Set(hops)]
    expect(wanted).not.toEqual([])
    expect(await linesWithDots(page, stage, wanted)).toEqual(expect.arrayContaining(wanted))
  })
})
