// Installs the project's packages when they are missing or older than the lock file: those that a
// lab needs, or all of them (`--everything`: the site and its tests too). Plain JavaScript on Node's
// own modules: it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const zh = /^zh/i.test(process.env.FOUR_TIERS_LANG ?? process.env.LC_ALL ?? process.env.LANG ?? '')
const say = (en, cn) => process.stderr.write(`${zh ? cn : en}\n`)

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  say(
    `Node ${process.versions.node} is too old: Four Tiers needs 20.19 or later. Next: https://nodejs.org/`,
    `Node ${process.versions.node} 太旧：Four Tiers 需要 20.19 以上。下一步：https://nodejs.org/`,
  )
  process.exit(3)
}

// npm writes this file last, so an interrupted installation is repeated.
const done = join(root, 'node_modules/.package-lock.json')
const lock = join(root, 'package-lock.json')
// VitePress is there only when everything is.
const hasSite = existsSync(join(root, 'node_modules/vitepress'))
const wantsSite = process.argv.includes('--everything')
const isStale = !existsSync(done) || statSync(done).mtimeMs < statSync(lock).mtimeMs
if (isStale || (wantsSite && !hasSite)) {
  const everything = wantsSite || hasSite
  const size = everything ? 500 : 70
  say(
    `Installing the project's packages (once, about ${size} MB) …`,
    `正在安装项目的依赖（只需一次，约 ${size} MB）……`,
  )
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const options = {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  }
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error']
  const which = everything ? [] : ['--omit=dev']
  const { status } = spawnSync(npm, ['ci', ...which, ...quietly], options)
  if (status !== 0) {
    say('The packages could not be installed. Next: npm ci', '依赖安装失败。下一步：npm ci')
    process.exit(3)
  }
}
