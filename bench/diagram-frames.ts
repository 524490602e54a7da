import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { build, type Rollup } from 'vite'
import { chromiumFlags, chromiumPath } from '../.vitepress/preview/chromium.ts'
import type { FrameCosts } from './diagram-frames.page.ts'
import { quantile } from './statistics.ts'

const page = fileURLToPath(new URL('./diagram-frames.page.ts', import.meta.url))
const budgetMs = 1000 / 60

/** What one frame of the living diagram costs with 1,000 messages on their way. */
export async function benchDiagramFrames(print: (line: string) => void): Promise<void> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry: page, formats: ['es'] } },
  })
  const [bundle] = built as Rollup.RollupOutput[]
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: chromiumFlags,
  })
  try {
    const tab = await browser.newPage({ viewport: { width: 1200, height: 800 } })
    await tab.setContent('<canvas style="width: 1104px"></canvas>')
    await tab.addScriptTag({ type: 'module', content: bundle!.output[0].code })
    await tab.waitForFunction(() => 'frameCosts' in globalThis, undefined, { timeout: 60_000 })
    const costs = await tab.evaluate(() => (globalThis as { frameCosts?: FrameCosts }).frameCosts!)
    const { messages, workMs, intervalMs } = costs
    const at = (list: readonly number[], share: number) => quantile(list, share).toFixed(1)
    const late = intervalMs.filter((ms) => ms > budgetMs * 1.5).length
    print(`Living diagram, ${Math.round(messages)} messages on their way, ${workMs.length} frames:`)
    print(`  work per frame   median ${at(workMs, 0.5)} ms, p99 ${at(workMs, 0.99)} ms of 16.7 ms`)
    print(`  between frames   median ${at(intervalMs, 0.5)} ms; ${late} frames came late`)
  } finally {
    await browser.close()
  }
}
