import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { browserIn, ensureBrowser } from '../../labs/runtime/docker/offline/browser.ts'
import type { OnProgress } from '../../labs/runtime/docker/offline/progress.ts'
import { cacheFolder } from '../../labs/session/folders.ts'

const known = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** Beside the engine's folder: the two are fetched by different commands, perhaps at once. */
const ownFolder = (env: NodeJS.ProcessEnv) => join(cacheFolder(env), 'browser')

/** `CHROMIUM_PATH`, then this machine's, unless `FOUR_TIERS_BROWSER` is `private`; then our own. */
function findChromium(env: NodeJS.ProcessEnv): string | undefined {
  const installed = env.FOUR_TIERS_BROWSER === 'private' ? [] : known
  return (
    env.CHROMIUM_PATH || installed.find((path) => existsSync(path)) || browserIn(ownFolder(env))
  )
}

/** The browser that reads the site. Who calls it has seen to it that there is one. */
export function chromiumPath(env: NodeJS.ProcessEnv = process.env): string {
  const found = findChromium(env)
  if (found) return found
  throw new Error('No Chromium was found. Next: npm run chromium')
}

/** Where there is none, the project brings its own. */
export async function provideChromium(
  onProgress: OnProgress,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  return findChromium(env) ?? ensureBrowser({ folder: ownFolder(env), onProgress })
}

/** The sandbox needs a user who is not root. */
export const chromiumFlags = [
  '--disable-gpu',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]
