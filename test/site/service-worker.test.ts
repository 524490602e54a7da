import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeServiceWorker } from '../../.vitepress/config/offline/write-service-worker.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'four-tiers-worker-'))
  mkdirSync(join(folder, 'zh'))
  mkdirSync(join(folder, 'assets'))
  for (const name of ['index.html', '404.html', 'single-server.html', 'zh/index.html'])
    writeFileSync(join(folder, name), name)
  for (const name of ['assets/app.1a2b.js', 'sitemap.xml']) writeFileSync(join(folder, name), name)
})
afterEach(() => rmSync(folder, { recursive: true }))

function written(): { version: string; files: string[] } {
  writeServiceWorker(folder)
  const code = readFileSync(join(folder, 'service-worker.js'), 'utf8')
  return JSON.parse(/^self\.precache = (.*)$/m.exec(code)![1]!)
}

test('pages are kept by the addresses that readers use', () => {
  expect(written().files.sort()).toEqual(
    ['', '404.html', 'assets/app.1a2b.js', 'single-server', 'zh/'].sort(),
  )
})

test('what is large and wanted by few is not fetched before it is asked for', () => {
  writeFileSync(join(folder, 'assets/types-worker-1a2b.js'), 'large')
  expect(written().files).not.toContain('assets/types-worker-1a2b.js')
})

test('a changed page is a new version', () => {
  const before = written().version
  writeFileSync(join(folder, 'single-server.html'), 'changed')
  expect(written().version).not.toBe(before)
})

test('the same site is the same version', () => {
  expect(written().version).toBe(written().version)
})
