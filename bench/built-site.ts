import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSite } from '../.vitepress/preview/build-site.ts'
import { serveFolder } from '../.vitepress/preview/serve-folder.ts'

export interface BuiltSite {
  /** Without a slash at its end. */
  readonly url: string
  /** How long the build took. */
  readonly buildMs: number
  close(): Promise<void>
}

/** Builds the site into a folder of its own, which is gone after `close`, and serves it. */
export async function openBuiltSite(): Promise<BuiltSite> {
  const folder = mkdtempSync(join(tmpdir(), 'four-tiers-bench-'))
  const forget = () => rmSync(folder, { recursive: true, force: true })
  try {
    const start = performance.now()
    await buildSite(folder)
    const buildMs = performance.now() - start
    const { url, close } = await serveFolder(folder)
    return { url, buildMs, close: () => close().finally(forget) }
  } catch (error) {
    forget()
    throw error
  }
}
