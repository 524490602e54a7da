import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { chromiumFlags, chromiumPath } from '../../.vitepress/preview/chromium.ts'

// Draws the pictures that must not be SVG, from the mark and card.html:
// node --import ./labs/typescript/register.mjs authoring/images/draw.ts
const publicFolder = join(import.meta.dirname, '../../docs/public')
const mark = readFileSync(join(publicFolder, 'mark.svg'), 'utf8')
const card = readFileSync(join(import.meta.dirname, 'card.html'), 'utf8')
const font = readFileSync(
  join(import.meta.dirname, '../../.vitepress/theme/style/fonts/literata-latin-600.woff2'),
  'base64',
)
const icon = (style: string) => `<body style="margin:0;${style}">${mark}</body>`

const pictures = [
  { name: 'favicon.png', width: 32, height: 32, html: icon('') },
  {
    name: 'touch-icon.png',
    width: 180,
    height: 180,
    html: icon('padding:28px;background:#faf6ec'),
  },
  {
    name: 'social-card.png',
    width: 1200,
    height: 630,
    html: card.replace('<!-- mark -->', mark).replace('FONT', font),
  },
]

const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumFlags })
for (const { name, width, height, html } of pictures) {
  const page = await browser.newPage({ viewport: { width, height } })
  await page.setContent(html)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: join(publicFolder, name), omitBackground: true })
}
await browser.close()
