import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPage } from './browser.ts'

async function searchFor(page: Page, words: string) {
  await page.keyboard.press('Control+k')
  await page.locator('input.search-input').fill(words)
  return page.locator('.results .result')
}

test.each([
  ['en', 'load balancer', '/load-balancer'],
  ['en', 'proxy_pass', '/load-balancer'],
  ['zh', '负载均衡', '/zh/load-balancer'],
  ['zh', '一台服务器', '/zh/single-server'],
  ['zh', '容器', '/zh/single-server'],
] as const)('in %s, “%s” finds %s', async (lang, words, address) => {
  const page = await openPage('/', { lang })
  const results = await searchFor(page, words)
  await results.first().waitFor()
  const found = await results.evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  expect(found.some((href) => href?.startsWith(`/four-tiers${address}`))).toBe(true)
})

test('Enter opens what was found', async () => {
  const page = await openPage('/', { lang: 'zh' })
  const results = await searchFor(page, '负载均衡')
  await results.first().waitFor()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/zh\/.+/)
})

test('what is nowhere in the book is not found', async () => {
  const page = await openPage('/', { lang: 'zh' })
  await searchFor(page, '长颈鹿')
  await page.locator('.no-results').waitFor()
  expect(await page.locator('.no-results').innerText()).toContain('没有找到')
})
