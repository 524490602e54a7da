import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, expect, inject, onTestFinished } from 'vitest'
import { chromiumFlags, chromiumPath } from '../../.vitepress/preview/chromium.ts'

export interface View {
  /** Default 1280. */
  readonly width?: 390 | 768 | 1280
  readonly dark?: boolean
  readonly lang?: 'en' | 'zh'
  readonly reducedMotion?: boolean
  /** With a finger instead of a mouse. */
  readonly touch?: boolean
  /** Off by default, so that every request is seen. */
  readonly serviceWorker?: boolean
  /** Off: the page as it was built, before any script. */
  readonly javaScript?: boolean
  /** Errors that are none of ours. */
  readonly mayThrow?: RegExp
}

let browser: Promise<Browser> | undefined
afterAll(async () => void (await (await browser)?.close()))

export async function openContext(view: View = {}): Promise<BrowserContext> {
  browser ??= chromium.launch({
    executablePath: chromiumPath(),
    args: chromiumFlags,
  })
  const context = await (
    await browser
  ).newContext({
    viewport: { width: view.width ?? 1280, height: 900 },
    colorScheme: view.dark ? 'dark' : 'light',
    reducedMotion: view.reducedMotion ? 'reduce' : 'no-preference',
    serviceWorkers: view.serviceWorker ? 'allow' : 'block',
    javaScriptEnabled: view.javaScript ?? true,
    hasTouch: view.touch ?? false,
  })
  onTestFinished(() => context.close())
  return context
}

/**
 * A page of the built site, ready to be used. The test fails when the page asks another host for
 * anything, breaks its own security policy, or throws.
 */
export async function openPage(path: string, view: View = {}): Promise<Page> {
  const context = await openContext(view)
  const page = await context.newPage()
  watchOver(page, view.mayThrow)
  await goto(page, (view.lang === 'zh' ? '/zh' : '') + path, view)
  return page
}

/** Goes there, and waits until the page has come to life. */
export async function goto(page: Page, path: string, { javaScript = true }: View = {}) {
  const answer = await page.goto(inject('site') + path, { waitUntil: 'load' })
  if (javaScript) {
    await page.waitForFunction(() => '__vue_app__' in document.querySelector('#app')!)
    // A reader is there: what waits for one may come.
    await page.mouse.move(1, 1)
  }
  return answer
}

/** Keeps what must not happen on a page, and says so when the test has ended. */
export function watchOver(page: Page, mayThrow = /^$/): void {
  const faults: string[] = []
  const host = new URL(inject('site')).host
  page.context().on('request', (request) => {
    const url = new URL(request.url())
    if (/^(?:http|ws)s?:$/.test(url.protocol) && url.host !== host)
      faults.push(`asked another host: ${request.url()}`)
  })
  page.on('pageerror', ({ message }) => {
    if (!mayThrow.test(message)) faults.push(`threw: ${message}`)
  })
  page.on('console', (message) => {
    if (/Content Security Policy|Hydration/i.test(message.text())) faults.push(message.text())
  })
  onTestFinished(() => expect(faults).toEqual([]))
}
