import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { goto, openPage } from '../browser.ts'

const key = 'four-tiers:progress'
const kept = (page: Page) => page.evaluate((name) => localStorage.getItem(name), key)
const firstQuestion = (page: Page) => page.locator('section.predict').first()

describe('a prediction', () => {
  test('is made by keyboard alone, and explained', async () => {
    const page = await openPage('/load-balancer')
    const question = firstQuestion(page)
    await question.getByRole('radio').first().focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await question.getByRole('status').locator('strong').waitFor()
    expect(await question.locator('details').getAttribute('open')).not.toBeNull()
    expect(await question.getByRole('radio').nth(1).isChecked()).toBe(true)
  })

  test('keeps the focus on the reply, and can be made again', async () => {
    const page = await openPage('/load-balancer')
    const question = firstQuestion(page)
    await question.getByRole('radio').first().check()
    await question.getByRole('button', { name: 'Answer' }).press('Enter')
    await page.waitForFunction(() => document.activeElement?.matches('.predict .verdict'))
    const reply = await question.getByRole('status').innerText()
    expect(reply).toMatch(/^Not this time\. .{20,}/)
    await question.getByRole('button', { name: 'Try again' }).press('Enter')
    await page.waitForFunction(() => document.activeElement?.matches('.predict input'))
    await question.getByRole('radio').nth(1).check()
    await question.getByRole('button', { name: 'Answer' }).press('Enter')
    await question.getByText('As it is.').waitFor()
  })

  test('that was wrong comes again on the page of one’s progress', async () => {
    const page = await openPage('/load-balancer')
    const question = firstQuestion(page)
    const id = await question.getAttribute('id')
    await question.getByRole('radio').first().check()
    await question.getByRole('button', { name: 'Answer' }).click()
    await goto(page, '/progress')
    await page.locator(`.wrong-answers a[href$="#${id}"]`).waitFor()
  })

  test('is there again at the next visit, and in the other language', async () => {
    const page = await openPage('/load-balancer')
    await firstQuestion(page).getByRole('radio').nth(0).check()
    await firstQuestion(page).getByRole('button').click()
    await goto(page, '/zh/load-balancer')
    const status = firstQuestion(page).getByRole('status')
    await status.locator('strong').waitFor()
    expect(await firstQuestion(page).getByRole('radio').nth(0).isChecked()).toBe(true)
  })

  test('shows its answer to who would rather look', async () => {
    const page = await openPage('/load-balancer')
    await firstQuestion(page).locator('summary').click()
    await firstQuestion(page).locator('.choice.right').waitFor()
    expect(await firstQuestion(page).locator('.verdict').innerText()).toBe('')
  })

  test('can be read without any script: question, choices, and the explanation to unfold', async () => {
    const page = await openPage('/load-balancer', { javaScript: false })
    const question = firstQuestion(page)
    expect(await question.getByRole('radio').count()).toBeGreaterThan(1)
    expect(await question.locator('details').innerText()).not.toBe('')
    expect(await question.getByRole('button').count()).toBe(0)
  })
})

describe('progress', () => {
  test('counts a chapter as read when its end has been seen', async () => {
    const page = await openPage('/single-server')
    expect(await kept(page)).toBeNull()
    await page.locator('.chapter-end').scrollIntoViewIfNeeded()
    await page.waitForFunction(
      (name) => localStorage.getItem(name)?.includes('"single-server"'),
      key,
    )
  })

  test('counts a part as read when its resting place has been seen, and not by a jump over it', async () => {
    const page = await openPage('/single-server')
    const rest = page.locator('.rest').first()
    const ring = page.locator('.chapter-head li').first().getByRole('img')
    const before = await ring.getAttribute('aria-label')
    const first = '"single-server/what-one-server-is-made-of"'
    await page.locator('.chapter-head li a').nth(1).click()
    await page.waitForFunction(
      () =>
        location.hash === '#what-stays' &&
        document.querySelector('#what-stays')!.getBoundingClientRect().top < 200,
    )
    // Whatever else the jump has brought into view is told in the same turn.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
    expect((await kept(page)) ?? '').not.toContain(first)
    await rest.evaluate((element) => element.scrollIntoView({ block: 'center' }))
    await page.waitForFunction(
      ([name, id]) => localStorage.getItem(name!)?.includes(id!),
      [key, first],
    )
    expect(await ring.getAttribute('aria-label')).not.toBe(before)
    expect(await rest.locator('a').getAttribute('href')).toBe('#what-stays')
  })

  test('goes from browser to browser as a file, and loses nothing on the way', async () => {
    const here = await openPage('/load-balancer')
    await here.locator('section.lab').getByRole('checkbox').first().check()
    await goto(here, '/progress')
    const [download] = await Promise.all([
      here.waitForEvent('download'),
      here.getByRole('button', { name: 'Save as a file' }).click(),
    ])
    const file = await download.path()
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ book: 'four-tiers', version: 1 })

    const there = await openPage('/load-balancer')
    await there.locator('section.lab').getByRole('checkbox').nth(1).check()
    await goto(there, '/progress')
    await there.locator('input[type=file]').setInputFiles(file)
    await there.getByText('Added: 1.').waitFor()
    await goto(there, '/load-balancer')
    const ticks = there.locator('section.lab').getByRole('checkbox', { checked: true })
    await there.waitForFunction(
      () => document.querySelectorAll('section.lab :checked').length === 2,
    )
    expect(await ticks.count()).toBe(2)
  })

  test('says what is wrong with a file that it cannot take, and changes nothing', async () => {
    const page = await openPage('/progress', { lang: 'zh' })
    const before = await kept(page)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{') })
    await page.getByText('不是 JSON').waitFor()
    expect(await kept(page)).toBe(before)
  })

  test('is forgotten only after a second word', async () => {
    const page = await openPage('/load-balancer')
    await page.locator('section.lab').getByRole('checkbox').first().check()
    await goto(page, '/progress')
    await page.getByRole('button', { name: 'Forget everything' }).click()
    await page.keyboard.press('Enter') // The focus is on “Keep it”.
    expect(await kept(page)).toContain('balance')
    await page.getByRole('button', { name: 'Forget everything' }).click()
    await page.getByRole('button', { name: 'Yes, forget everything' }).click()
    await page.getByText('Forgotten.').waitFor()
    expect(await kept(page)).not.toContain('balance')
  })

  test('reaches the other tabs', async () => {
    const one = await openPage('/load-balancer')
    const other = await one.context().newPage()
    await goto(other, '/load-balancer')
    await one.locator('section.lab').getByRole('checkbox').first().check()
    await other.waitForFunction(() => document.querySelector('section.lab :checked') !== null)
  })
})

describe('a browser that keeps nothing', () => {
  test.each([
    [
      'forbids it',
      'Object.defineProperty(window, "localStorage", { get() { throw new Error("storage is forbidden") } })',
    ],
    ['is full', 'Storage.prototype.setItem = () => { throw new Error("QuotaExceededError") }'],
  ])(
    'because it %s: everything works, and the page says that it is not kept',
    async (_, broken) => {
      // VitePress asks for the theme's colour before anything else, unguarded; it does no harm.
      const page = await openPage('/progress', { mayThrow: /^storage is forbidden$/ })
      await page.addInitScript({ content: broken })
      await goto(page, '/load-balancer')
      await page.locator('section.lab').getByRole('checkbox').first().check()
      await page.locator('.chapter-end').scrollIntoViewIfNeeded()
      await page.getByText('This browser keeps nothing').waitFor()
      expect(await page.locator('section.lab :checked').count()).toBe(1)
    },
  )

  test('what a later edition wrote is set aside, not overwritten', async () => {
    const page = await openPage('/progress')
    const later = JSON.stringify({ book: 'four-tiers', version: 99, done: { moon: {} } })
    await page.evaluate(([name, text]) => localStorage.setItem(name!, text!), [key, later])
    await goto(page, '/load-balancer')
    await page.locator('section.lab').getByRole('checkbox').first().check()
    const aside = await page.evaluate(() =>
      Object.entries(localStorage).filter(([name]) => name.includes(':aside:')),
    )
    expect(aside.map(([, text]) => text)).toEqual([later])
    expect(await kept(page)).toContain('balance')
  })
})
