import { execa } from 'execa'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromiumFlags, chromiumPath } from '../.vitepress/preview/chromium.ts'
import { projectFolder } from '../labs/session/folders.ts'
import type { BuiltSite } from './built-site.ts'
import { median, milliseconds } from './statistics.ts'

const rounds = 7
const edits = 10
const exercise = 'smooth-weighted-round-robin'

/**
 * From the click on Start, with nothing fetched yet, to the first verdict; and from the last key to
 * the next verdict. Against the same checks run by hand: `vitest run` in a terminal.
 */
export async function benchPlayground(
  print: (line: string) => void,
  { url }: Pick<BuiltSite, 'url'>,
): Promise<void> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumFlags })
  try {
    const [cold, warm, byHand]: [number[], number[], number[]] = [[], [], []]
    for (let round = 0; round < rounds; round++) {
      // A new context has an empty cache.
      const context = await browser.newContext({ serviceWorkers: 'block' })
      const page = await openExercise(context, `${url}/load-balancer`)
      cold.push(await firstVerdict(page))
      for (let edit = 0; edit < edits; edit++) warm.push(await nextVerdict(page))
      await context.close()
      byHand.push(await verdictByHand())
    }
    const ratio = (ours: readonly number[]) => (median(ours) / median(byHand)).toFixed(2)
    print(`playground (${rounds} cold starts, ${warm.length} edits; medians)`)
    print(`  start to first verdict  ${milliseconds(median(cold))}   ratio ${ratio(cold)}`)
    print(`  last key to verdict     ${milliseconds(median(warm))}   ratio ${ratio(warm)}`)
    print(`  by hand (vitest run)    ${milliseconds(median(byHand))}`)
  } finally {
    await browser.close()
  }
}

async function openExercise(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(url, { waitUntil: 'networkidle' })
  return page
}

/** Milliseconds, by the page's own clock. */
async function firstVerdict(page: Page): Promise<number> {
  const start = page.locator(`[data-exercise="${exercise}"]`).getByRole('button', { name: 'Start' })
  await start.scrollIntoViewIfNeeded()
  await page.mouse.move(1, 1)
  return untilVerdict(page, 'click', () => start.click())
}

async function nextVerdict(page: Page): Promise<number> {
  await page.locator(`[data-exercise="${exercise}"] .cm-content`).click()
  return untilVerdict(page, 'beforeinput', () => page.keyboard.insertText(' '))
}

/** From the event that the reader's act causes, until the verdict that follows it has been drawn. */
async function untilVerdict(page: Page, event: string, act: () => Promise<void>): Promise<number> {
  const watched = await page.evaluateHandle(
    ([event, exercise]) => {
      let from: number | undefined
      let wasBusy = false
      addEventListener(event!, () => (from ??= performance.now()), { capture: true, once: true })
      const drawn = new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          if (from === undefined) return
          const verdict = document.querySelector(`[data-exercise="${exercise}"] .verdict`)
          const busy = verdict?.getAttribute('aria-busy')
          wasBusy ||= busy === 'true'
          if (!wasBusy || busy !== 'false') return
          observer.disconnect()
          requestAnimationFrame(() => resolve(performance.now() - from!))
        })
        observer.observe(document.body, { subtree: true, childList: true, attributes: true })
      })
      // Not the promise itself: a handle to it would wait for it.
      return { drawn }
    },
    [event, exercise],
  )
  await act()
  return watched.evaluate(({ drawn }) => drawn)
}

async function verdictByHand(): Promise<number> {
  const started = performance.now()
  // The starter's checks fail, so vitest does.
  const options = { cwd: projectFolder, preferLocal: true, reject: false } as const
  await execa('npx', ['vitest', 'run', '--root', 'exercises', exercise], options)
  return performance.now() - started
}
