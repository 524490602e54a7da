import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { goto, openPage } from './browser.ts'
import { pages } from './pages.ts'

test('after one visit the whole book can be read without a network', async () => {
  const page = await openPage('/', { serviceWorker: true })
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.context().setOffline(true)
  for (const path of pages) {
    const answer = await goto(page, `/zh${path}`)
    expect(answer?.status(), path).toBe(200)
    expect(await page.locator('h1').first().innerText()).not.toBe('')
  }
  const lost = await goto(page, '/no-such-page')
  expect(lost?.status()).toBe(404)
  expect(await page.locator('h1').innerText()).toBe('No server answers here')
})

test('the worker is as new as the pages: it names every file that was built, under a version of its own', () => {
  const worker = readFileSync(join(inject('siteFolder'), 'service-worker.js'), 'utf8')
  const list = JSON.parse(/^self\.precache = (.*)$/m.exec(worker)![1]!) as {
    version: string
    files: string[]
  }
  expect(list.version).toMatch(/^[0-9a-f]{12}$/)
  expect(list.files).toContain('')
  expect(list.files).toContain('zh/load-balancer')
  expect(list.files.filter((file) => /^assets\/app\..*\.js$/.test(file))).toHaveLength(1)
})
