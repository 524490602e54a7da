import type { Page } from 'playwright-core'
import { createServer } from 'vitepress'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { livePath } from '../../../.vitepress/theme/live-path.ts'
import { projectFolder } from '../../../labs/session/folders.ts'
import { openContext } from '../browser.ts'

/** What `npm run dev` serves, by HTTP/1.1: a browser opens six connections to it, and no more. */
let dev: Awaited<ReturnType<typeof createServer>>
beforeAll(async () => {
  dev = await createServer(projectFolder, { port: 0, host: '127.0.0.1' })
  await dev.listen()
})
afterAll(() => dev.close())

/** Until the tab hears what the terminal does. */
async function becomesLive(page: Page): Promise<void> {
  const arrive = async () => {
    await page.goto(new URL('load-balancer', dev.resolvedUrls!.local[0]).href, { timeout: 20_000 })
    await page.mouse.move(5, 5)
    const line = page.getByText('Your terminal ticks the tasks as they pass.')
    await line.waitFor({ timeout: 10_000 })
    return true
  }
  // Of hundreds of modules Chromium drops those under way when Vite finds a package and loads anew.
  await expect.poll(() => arrive().catch(() => false), { timeout: 60_000 }).toBe(true)
}

test('eight tabs hear the lab by one connection, and one goes on when the others close', async () => {
  const context = await openContext()
  let streams = 0
  context.on('request', (request) => {
    if (request.url().endsWith(livePath)) streams++
  })
  const tabs: Page[] = []
  for (let number = 0; number < 8; number++) {
    const tab = await context.newPage()
    await becomesLive(tab)
    tabs.push(tab)
  }
  const before = streams
  expect(before).toBeLessThan(tabs.length)
  for (const tab of tabs.slice(0, -1)) await tab.close()
  await expect.poll(() => streams, { timeout: 10_000 }).toBeGreaterThan(before)
  await becomesLive(await context.newPage())
}, 300_000)
