import { existsSync } from 'node:fs'

const known = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The browser of this machine. */
export function chromiumPath(): string {
  const found = process.env.CHROMIUM_PATH ?? known.find((path) => existsSync(path))
  if (found) return found
  throw new Error(
    'No Chromium was found. Next: apt-get install chromium fonts-noto-cjk, or set CHROMIUM_PATH',
  )
}

/** The sandbox needs a user who is not root. */
export const chromiumFlags = [
  '--disable-gpu',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]
