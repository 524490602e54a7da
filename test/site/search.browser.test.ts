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

test.each([
  ['en', '502 bad gateway', '/load-balancer#when-a-server-dies', '502'],
  ['zh', '缓存击穿', '/zh/one-redis#stampede-everybody-wants-one', '击穿'],
] as const)('in %s, “%s” finds %s first, with an excerpt', async (lang, words, address, part) => {
  const page = await openPage('/', { lang })
  const results = await searchFor(page, words)
  await results.first().locator('.excerpt').waitFor()
  expect(await results.first().getAttribute('href')).toBe(`/four-tiers${address}`)
  expect(await results.first().innerText()).toContain(part)
})

test('a term of the glossary is found, and its meaning stands beside it', async () => {
  const page = await openPage('/', { lang: 'zh' })
  const results = await searchFor(page, '利特尔法则')
  const term = results.and(page.locator('[href="/four-tiers/zh/glossary#littles-law"]'))
  await term.locator('.excerpt').waitFor()
  expect((await term.locator('.excerpt').innerText()).length).toBeGreaterThan(10)
})
