import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { execa } from 'execa'
import { chromium } from 'playwright-core'
import { writtenChapters } from '../.vitepress/book/chapters.ts'
import { chromiumFlags, chromiumPath } from '../.vitepress/preview/chromium.ts'
import type { BuiltSite } from './built-site.ts'
import { median } from './statistics.ts'

type Print = (line: string) => void

/** The first page and every chapter, in both languages. */
const pages = ['', '/zh'].flatMap((language) =>
  ['', ...writtenChapters().map(({ slug }) => slug)].map((page) => `${language}/${page}`),
)

/** What the site promises about speed: build time, weight of a page, and Lighthouse's four marks. */
export async function benchSite(print: Print, { url, buildMs }: BuiltSite): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'four-tiers-bench-'))
  try {
    print(`site: built in ${(buildMs / 1000).toFixed(1)} s (at most 30 s)`)
    for (const page of pages) {
      const weight = await scriptWeight(url + page)
      print(`${page}: ${(weight / 1000).toFixed(1)} KB of JavaScript, gzip (at most 100 KB)`)
    }
    for (const page of pages)
      print(`${page}: ${await lighthouse(url + page, folder)} (at least 95)`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Bytes of script, compressed, that a page asks for before the reader has touched anything. */
export async function scriptWeight(url: string): Promise<number> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumFlags })
  try {
    const context = await browser.newContext({ serviceWorkers: 'block' })
    const page = await context.newPage()
    const scripts = new Map<string, Promise<number>>()
    page.on('response', (response) => {
      if (response.headers()['content-type']?.startsWith('text/javascript'))
        scripts.set(
          response.url(),
          response.body().then((body) => gzipSync(body).length),
        )
    })
    await page.goto(url, { waitUntil: 'networkidle' })
    const weights = await Promise.all(scripts.values())
    return weights.reduce((sum, bytes) => sum + bytes, 0)
  } finally {
    await browser.close()
  }
}

interface Report {
  readonly categories: Readonly<Record<string, { readonly title: string; readonly score: number }>>
}

/**
 * Lighthouse's own mobile settings: a slow telephone on a slow network, simulated. The median of
 * several runs, as its authors advise: one run's speed says as much about the machine's other work.
 */
export async function lighthouse(url: string, folder: string, runs = 5): Promise<string> {
  const marks = new Map<string, number[]>()
  for (let run = 0; run < runs; run++) {
    for (const { title, score } of await runLighthouse(url, folder))
      marks.set(title, [...(marks.get(title) ?? []), Math.round(score * 100)])
  }
  return [...marks].map(([title, all]) => `${title} ${median(all)}`).join(', ')
}

async function runLighthouse(url: string, folder: string) {
  const file = join(folder, 'lighthouse.json')
  const flags = ['--headless=new', ...chromiumFlags].join(' ')
  const quiet = ['--quiet', '--output=json', `--output-path=${file}`, `--chrome-flags=${flags}`]
  await execa('npx', ['lighthouse', url, ...quiet], {
    env: { CHROME_PATH: chromiumPath() },
    preferLocal: true,
  })
  const { categories } = JSON.parse(readFileSync(file, 'utf8')) as Report
  return Object.values(categories)
}
