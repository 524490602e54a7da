import axe from 'axe-core'
import { describe, expect, test } from 'vitest'
import { goto, openContext, watchOver } from '../browser.ts'
import { fileOf, onPage, openExercise, pages } from './exercise-page.ts'

const id = 'smooth-weighted-round-robin'
const solution = fileOf(id, 'solution.ts')

test('a check that fails shows what was expected and what came', async () => {
  const reader = await openExercise(id)
  await reader.start()
  await reader.becomes('fail')
  const first = reader.verdict.locator('details[open]').first()
  expect(await first.innerText()).toMatch(/expected\s+a×5 b×1 c×1\s+received\s+a×3 b×2 c×2/)
})

test('what the code throws leads to its line', async () => {
  const reader = await openExercise(id)
  await reader.start()
  const text = solution.replace('if (best) best.credit -= total', 'best!.credit -= total')
  await reader.write(text)
  await reader.becomes('fail')
  expect(await reader.verdict.innerText()).toContain('TypeError')
  const line = text.split('\n').findIndex((one) => one.includes('best!.credit')) + 1
  await reader.button(`go to line ${line}`).click()
  await reader.page.keyboard.type('// here ')
  expect((await reader.text()).split('\n')[line - 1]).toMatch(/^\/\/ here/)
})

test('a text that cannot be read is an error, with its line', async () => {
  const reader = await openExercise(id)
  await reader.start()
  await reader.write('export const createPicker = () => {\n  return = 1\n}')
  await reader.becomes('error')
  expect(await reader.verdict.innerText()).toContain('cannot be read')
  expect(await reader.verdict.innerText()).toContain('line 2')
})

test('a loop without an end is stopped, and the page stays alive', async () => {
  const reader = await openExercise(id)
  await reader.start()
  const text = solution.replace('let total = 0', 'let total = 0\n    while (true) total += 0')
  await reader.write(text)
  // The page answers while the loop runs.
  await reader.button('Hint 1 of 3').click()
  await reader.becomes('error')
  const said = await reader.verdict.innerText()
  expect(said).toContain('still running after 8 seconds')
  expect(said).toContain('servers of equal weight take turns')
  const line = text.split('\n').findIndex((one) => one.includes('while')) + 1
  expect(said).toContain(`line ${line}`)
  await reader.write(solution)
  await reader.becomes('pass')
})

test('a verdict of an older text says so while the new one is awaited', async () => {
  const reader = await openExercise(id)
  await reader.start()
  await reader.write(solution)
  await reader.becomes('pass')
  await reader.write(`${solution}\nwhile (true) {}`)
  await reader.exercise.locator('.verdict.past').waitFor()
  expect(await reader.verdict.innerText()).toContain('of what you had before')
  await reader.becomes('error')
  expect(await reader.exercise.locator('.verdict.past').count()).toBe(0)
})

test('at 1280 × 800 the controls and the verdict are in one view after Start', async () => {
  const reader = await openExercise(id)
  await reader.page.setViewportSize({ width: 1280, height: 800 })
  await reader.start()
  await reader.becomes('fail')
  const strip = reader.exercise.locator('.strip')
  const frame = reader.exercise.locator('.exercise-frame')
  // A part of the verdict's first line is no verdict.
  for (const below of [0, 20]) {
    await frame.evaluate((element, below) => {
      const verdict = element.parentElement!.querySelector('.verdict')!
      scrollBy({
        top: verdict.getBoundingClientRect().top - innerHeight + below,
        behavior: 'instant',
      })
    }, below)
    await strip.waitFor()
  }
  for (const what of [strip, reader.button('Hint 1 of 3')]) {
    const box = await what.boundingBox()
    expect(box!.y).toBeGreaterThan(0)
    expect(box!.y + box!.height).toBeLessThanOrEqual(800)
  }
  await strip.click()
  await strip.waitFor({ state: 'detached' })
})

test('an export that was renamed is named', async () => {
  const reader = await openExercise(id)
  await reader.start()
  await reader.write(solution.replaceAll('createPicker', 'createPickr'))
  await reader.becomes('error')
  expect(await reader.verdict.innerText()).toContain('The checks import createPicker')
  expect(await reader.verdict.innerText()).toContain('createPickr.')
})

test('two tabs never overwrite each other in silence', async () => {
  const one = await openExercise(id)
  await one.start()
  const other = onPage(await one.page.context().newPage(), id)
  await goto(other.page, pages[id]!)
  await other.start()
  await one.write(solution)
  await other.button('Take the other one').waitFor()
  await other.write('export const mine = 1')
  expect(await one.page.evaluate(() => Object.values(localStorage).join())).not.toContain(
    'mine = 1',
  )
  await other.button('Keep this one').click()
  await one.button('Take the other one').click()
  expect(await one.text()).toBe('export const mine = 1')
})

test('edits outlive a reload, a change of theme, and a change of language', async () => {
  const reader = await openExercise(id)
  await reader.start()
  await reader.write(solution)
  await reader.becomes('pass')

  await reader.page.locator('.VPSwitchAppearance').first().click()
  await reader.page.locator('html.dark').waitFor()
  expect(await reader.text()).toBe(solution)
  await reader.becomes('pass')

  await reader.page.reload()
  await reader.exercise.scrollIntoViewIfNeeded()
  await reader.becomes('pass')
  await reader.code.waitFor()
  expect(await reader.text()).toBe(solution)

  await goto(reader.page, `/zh${pages[id]}`)
  await reader.exercise.scrollIntoViewIfNeeded()
  await reader.becomes('pass')
  await reader.code.waitFor()
  expect(await reader.text()).toBe(solution)
  expect(await reader.verdict.innerText()).toContain('全部通过')
})

test('a click on Start counts, even before the code for it has come', async () => {
  const context = await openContext()
  const page = await context.newPage()
  watchOver(page)
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  let asked = () => {}
  const isAsked = new Promise<void>((resolve) => (asked = resolve))
  await page.route('**/CodeExercise*.js', async (route) => {
    asked()
    await released
    await route.continue()
  })
  await goto(page, pages[id]!)
  const reader = onPage(page, id)
  await reader.exercise.scrollIntoViewIfNeeded()
  await isAsked
  await reader.button('Start').click()
  release()
  await reader.code.waitFor()
})

test('edits outlive a lost tab', async () => {
  const reader = await openExercise(id)
  await reader.start()
  await reader.write(solution)
  const context = reader.page.context()
  await reader.page.close({ runBeforeUnload: false })
  const again = onPage(await context.newPage(), id)
  await goto(again.page, pages[id]!)
  await again.exercise.scrollIntoViewIfNeeded()
  await again.code.waitFor()
  expect(await again.text()).toBe(solution)
})

test('reset goes back to the starter, and can be undone', async () => {
  const reader = await openExercise(id)
  await reader.start()
  await reader.write(solution)
  await reader.becomes('pass')
  await reader.button('Reset').click()
  await reader.becomes('fail')
  expect(await reader.text()).toBe(fileOf(id, 'starter.ts'))
  await reader.page.reload()
  await reader.exercise.scrollIntoViewIfNeeded()
  await reader.button('Undo reset').click()
  await reader.becomes('pass')
})

test('a browser that keeps nothing is no hindrance, and the page says so', async () => {
  const reader = await openExercise(id)
  await reader.page.addInitScript(() => {
    const deny = (key: string) => {
      if (key.startsWith('four-tiers')) throw new DOMException('denied', 'SecurityError')
      return null // VitePress itself does not guard its own
    }
    Object.assign(Storage.prototype, { getItem: deny, setItem: deny })
  })
  await reader.page.reload()
  await reader.start()
  await reader.becomes('fail')
  await reader.write(solution)
  await reader.becomes('pass')
  expect(await reader.exercise.innerText()).toContain('does not let us keep your edits')
})

test('three hints, and the difference from our answer', async () => {
  const reader = await openExercise(id)
  await reader.start()
  for (const step of [1, 2, 3]) await reader.button(`Hint ${step} of 3`).click()
  expect(await reader.exercise.locator('.hints li').count()).toBe(3)
  expect(await reader.button(/^Hint/).isDisabled()).toBe(true)
  await reader.button('Compare with our answer').click()
  expect(await reader.exercise.locator('.line.added').count()).toBeGreaterThan(5)
  await reader.write(solution)
  await reader.exercise.getByText('Line by line the same as ours.').waitFor()
})

test('the keyboard finds its way in and out of the editor', async () => {
  const reader = await openExercise(id)
  await reader.exercise.scrollIntoViewIfNeeded()
  // The component comes to life when it is seen: a key before that moment is nobody's.
  const begin = async () => {
    if (await reader.button('Start').isVisible()) await reader.button('Start').press('Enter')
    return reader.code.isVisible()
  }
  await expect.poll(begin, { timeout: 30_000, interval: 250 }).toBe(true)
  await reader.page.waitForFunction(() => document.activeElement?.matches('.cm-content'))
  await reader.page.keyboard.press('Escape')
  await reader.page.keyboard.press('Tab')
  const isOut = () => !document.activeElement?.closest('.exercise-editor')
  expect(await reader.page.evaluate(isOut)).toBe(true)
})

describe.each([
  { dark: false, width: 1280, lang: 'en' },
  { dark: true, width: 390, lang: 'zh' },
] as const)('dark: $dark, $width px, $lang', (view) => {
  test('axe finds nothing to object to, and nothing sticks out', async () => {
    const reader = await openExercise(id, view)
    await reader.start()
    await reader.becomes('fail')
    await reader.button(/Hint|提示/).click()
    await reader.button(/Compare|比一比/).click()
    await reader.page.evaluate(axe.source)
    const found = await reader.page.evaluate(async () => {
      const { violations } = await (window as unknown as { axe: typeof axe }).axe.run('.exercise')
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
    })
    expect(found).toEqual([])
    const overhang = () =>
      document.documentElement.scrollWidth - document.documentElement.clientWidth
    expect(await reader.page.evaluate(overhang)).toBe(0)
  })
})
