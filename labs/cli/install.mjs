// Installs the project's packages when they are missing or older than the lock file. Plain
// JavaScript on Node's own modules: it runs before anything is installed.
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
if (!existsSync(done) || statSync(done).mtimeMs < statSync(lock).mtimeMs) {
  say(
    "Installing the project's packages (once, about 150 MB) …",
    '正在安装项目的依赖（只需一次，约 150 MB）……',
  )
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const options = {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  }
  const { status } = spawnSync(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], options)
  if (status !== 0) {
    say('The packages could not be installed. Next: npm ci', '依赖安装失败。下一步：npm ci')
    process.exit(3)
  }
}
