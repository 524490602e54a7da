import { expect, inject, test } from 'vitest'
import { goto, openPage } from './browser.ts'

test.each([
  ['en', 'No server answers here', '/'],
  ['zh', '这里没有服务器应答', '/zh/'],
] as const)(
  'an address that leads nowhere says so in %s, and shows the way home',
  async (lang, words, home) => {
    const page = await openPage('/no-such-page', { lang })
    expect(await page.locator('h1').innerText()).toBe(words)
    expect(await page.locator('.NotFound a').getAttribute('href')).toBe(`/four-tiers${home}`)
  },
)

test('chapters lead to each other in order', async () => {
  const page = await openPage('/single-server')
  await page.locator('.pager-link.next').click()
  await page.waitForURL('**/load-balancer')
  await page.locator('.pager-link.prev').click()
  await page.waitForURL('**/single-server')
})

test('a chapter that is come to from another one has every word that it has when it is the first', async () => {
  const page = await openPage('/multi-level')
  // What stands open on the page: not what comes to life on it.
  const words = () =>
    page
      .locator('.vp-doc > div > :is(h1, h2, h3, p, ul, ol, table, div[class*=language-])')
      .evaluateAll((all) => all.map((one) => one.textContent?.replace(/\s+/g, '')))
  const first = await words()
  expect(first.length).toBeGreaterThan(100)
  await goto(page, '/replicated-redis')
  await page.locator('.pager-link.next').click()
  await page.waitForURL('**/multi-level')
  await page.locator('h1', { hasText: 'More than one level' }).waitFor()
  expect(await words()).toEqual(first)
})

test('the other language is the same page', async () => {
  const page = await openPage('/load-balancer')
  await page.locator('.VPNavBarTranslations button').hover()
  await page.getByRole('link', { name: '简体中文' }).first().click()
  await page.waitForURL('**/zh/load-balancer')
  await page.locator('html[lang=zh-CN]').waitFor({ state: 'attached' })
})

test.each([1280, 390] as const)(
  'who changes the language stays in the section, at %i px',
  async (width) => {
    const page = await openPage('/load-balancer', { width })
    await page.locator('#when-a-server-dies').evaluate((heading) => heading.scrollIntoView())
    if (width === 390) await page.locator('.VPLocalNav .menu').click()
    else await page.locator('.VPNavBarTranslations button').hover()
    await page.getByRole('link', { name: '简体中文' }).filter({ visible: true }).click()
    await page.waitForURL('**/zh/load-balancer#when-a-server-dies')
    // What is near comes to life, and grows.
    await page.locator('.predict .answer, .predict input').first().waitFor({ state: 'attached' })
    await page.waitForLoadState('networkidle')
    const heading = page.locator('#when-a-server-dies')
    await expect
      .poll(() => heading.evaluate((element) => Math.abs(element.getBoundingClientRect().top)))
      .toBeLessThan(200)
  },
)

test('a chapter says how long it takes, when it was written, and where to correct it', async () => {
  const page = await openPage('/load-balancer', { lang: 'zh' })
  const [facts, ...parts] = (await page.locator('.chapter-head').innerText()).split(/\n+/)
  expect(facts).toMatch(/^第 1 章 · 阅读 \d+ 分钟 · 练习 \d+ 分钟 · 实验 \d+ 分钟$/)
  expect(parts.join(' ')).toMatch(/^(?:\S.*? \d+ 分钟 ?){2,}$/)
  expect(await page.locator('.edit-link-button').getAttribute('href')).toMatch(
    /\/edit\/main\/docs\/zh\/load-balancer\.md$/,
  )
})

test('the first page offers the next chapter that has not been read', async () => {
  const page = await openPage('/')
  expect(await page.locator('a.start').getAttribute('href')).toMatch(/\/single-server$/)
  await goto(page, '/single-server')
  await page.locator('.chapter-end').scrollIntoViewIfNeeded()
  await page.waitForFunction(() => localStorage.getItem('four-tiers:progress')?.includes('"read"'))
  await goto(page, '/')
  await page.locator('a.start[href$="/load-balancer"]').waitFor()
})

test('the first page goes on where the reader was, until all is forgotten', async () => {
  const page = await openPage('/load-balancer')
  await page.locator('#when-a-server-dies').evaluate((heading) => heading.scrollIntoView())
  await page.waitForFunction(() =>
    localStorage.getItem('four-tiers:place')?.includes('when-a-server-dies'),
  )
  await goto(page, '/')
  const start = page.locator('a.start[href$="/load-balancer#when-a-server-dies"]')
  await start.waitFor()
  expect(await start.innerText()).toBe('Go on reading: One load balancer, When a server dies')
  await goto(page, '/zh/')
  const chinese = page.locator('a.start[href$="/zh/load-balancer#when-a-server-dies"]')
  expect(await chinese.innerText()).toBe('接着读：一台负载均衡')
  await goto(page, '/progress')
  await page.getByRole('button', { name: 'Forget everything', exact: true }).click()
  await page.getByRole('button', { name: 'Yes, forget everything' }).click()
  await goto(page, '/')
  await page.locator('a.start[href$="/single-server"]').waitFor()
})

test('nothing moves for who asked for no motion', async () => {
  const page = await openPage('/', { reducedMotion: true })
  await page.waitForFunction(
    () => !document.getAnimations().some(({ playState }) => playState === 'running'),
  )
})

test('every page has a card for those who share it', async () => {
  const page = await openPage('/single-server', { lang: 'zh' })
  const content = (property: string) =>
    page.locator(`meta[property="${property}"]`).getAttribute('content')
  expect(await content('og:title')).toContain('一台服务器')
  const card = await page.request.get(new URL((await content('og:image'))!, inject('site')).href)
  expect(card.status()).toBe(200)
})

test.each(['en', 'zh'] as const)(
  'in %s, how the book works is told first, and leads on to chapter 0',
  async (lang) => {
    const page = await openPage('/', { lang })
    await page.locator('a.how').click()
    await page.waitForURL('**/how-it-works')
    await page.locator('.pager-link.next').click()
    await page.waitForURL('**/single-server')
  },
)

test('each lab box has folded into it what to do the first time', async () => {
  const page = await openPage('/layer-four', { lang: 'zh', width: 390 })
  const box = page.locator('#lab-layer-four .first-time')
  await box.locator('summary').click()
  expect(await box.locator('.command code').innerText()).toMatch(
    /git clone \S+\s+\$ cd \S+\s+\$ npm run lab 2$/,
  )
})

test('what is not written yet is one line, until somebody asks', async () => {
  const page = await openPage('/')
  const toCome = page.locator('.to-come')
  expect(await toCome.innerText()).toMatch(/^(One|\d+) more chapters? .* not written yet$/)
  await toCome.locator('summary').click()
  expect(await toCome.locator('li').count()).toBeGreaterThan(0)
  expect(await toCome.locator('a').count()).toBe(0)
})

test('a section leads to its task in the lab, and the task back to it', async () => {
  const page = await openPage('/layer-four', { lang: 'zh' })
  const task = page.locator('#task-split-brain')
  await page.locator('.in-the-lab a[href="#task-split-brain"]').click()
  await page.waitForURL('**/zh/layer-four#task-split-brain')
  await task.locator('.taught a').click()
  await page.waitForURL('**/zh/layer-four#two-masters')
})
