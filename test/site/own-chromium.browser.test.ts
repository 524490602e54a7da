import { readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { expect, test } from 'vitest'
import { chromiumFlags, provideChromium } from '../../.vitepress/preview/chromium.ts'

/** Each sign drawn alone, as a picture. A face that has no such sign draws the same box for all. */
const drawn = (signs: string[]) =>
  signs.map((sign) => {
    const canvas = document.createElement('canvas')
    const pen = canvas.getContext('2d')!
    pen.font = '48px sans-serif'
    pen.fillText(sign, 10, 60)
    return canvas.toDataURL()
  })

test.skipIf(process.platform !== 'linux')(
  'a machine without Chromium gets one of the project’s own, which reads Chinese and takes nothing of the system’s but its C library',
  { timeout: 300_000 },
  async () => {
    const env = { ...process.env, CHROMIUM_PATH: '', FOUR_TIERS_BROWSER: 'private' }
    const executablePath = await provideChromium(() => undefined, env)
    const server = await chromium.launchServer({ executablePath, args: chromiumFlags })
    const browser = await chromium.connect(server.wsEndpoint())
    try {
      const page = await browser.newPage()
      await page.setContent('<h1>四层架构</h1>')
      expect(new Set(await page.evaluate(drawn, ['四', '层', '架', '构'])).size).toBe(4)
      const maps = readFileSync(`/proc/${server.process().pid}/maps`, 'utf8')
      const libraries = [...maps.matchAll(/ (\/\S+\.so[.\d]*)$/gm)].map(([, path]) => path!)
      const own = executablePath.replace(/bin\/chromium$/, 'root/')
      const foreign = libraries
        .filter((path) => !path.startsWith(own))
        .map((path) => path.replace(/.*\//, ''))
      expect([...new Set(foreign)].filter((name) => !cLibrary.test(name))).toEqual([])
    } finally {
      await browser.close()
      await server.close()
    }
  },
)

const cLibrary = /^(ld-linux-.*|lib(c|m|dl|pthread|rt|resolv|nss_\w+)\.so\.\d+)$/
