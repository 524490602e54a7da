import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildSite } from '../../.vitepress/preview/build-site.ts'
import { provideChromium } from '../../.vitepress/preview/chromium.ts'
import { serveFolder } from '../../.vitepress/preview/serve-folder.ts'
import { showProgress } from '../../labs/runtime/docker/offline/show-progress.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The built site's address, without a slash at its end. */
    site: string
    /** The folder that it is served from. */
    siteFolder: string
  }
}

/** Not at the root, as on a project page of a forge: an address that forgets the base is found out. */
const base = '/four-tiers/'

/** The site is built once for all browser tests. `FOUR_TIERS_BUILT` names one that is built already. */
export default async function setup(project: TestProject) {
  const progress = showProgress(process.stderr)
  await provideChromium(progress.show).finally(progress.end)
  const built = process.env.FOUR_TIERS_BUILT
  const folder = built ?? mkdtempSync(join(tmpdir(), 'four-tiers-site-'))
  const forget = () => {
    if (!built) rmSync(folder, { recursive: true, force: true })
  }
  try {
    if (!built) await buildSite(folder, base)
    const { url, close } = await serveFolder(folder, base)
    project.provide('site', url)
    project.provide('siteFolder', folder)
    return async () => {
      await close()
      forget()
    }
  } catch (error) {
    forget()
    throw error
  }
}
