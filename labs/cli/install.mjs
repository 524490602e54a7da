// Installs the project's packages when they are missing or older than the lock file: those that a
// lab needs, or all of them (`--everything`: the site and its tests too). Plain JavaScript on Node's
// own modules: it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { isInstalled } from './installed.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const { FOUR_TIERS_LANG, LC_ALL, LC_MESSAGES, LANG } = process.env
// As in labs/language.ts, which is TypeScript and cannot be read yet.
const zh = /^zh/i.test(FOUR_TIERS_LANG || LC_ALL || LC_MESSAGES || LANG || '')
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
const installed = packagesIn('node_modules/.package-lock.json')
// VitePress is there only when everything is.
const everything = process.argv.includes('--everything') || 'node_modules/vitepress' in installed
const locked = packagesIn('package-lock.json')
if (!isInstalled(locked, installed, everything)) {
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
  // What a lab needs stays where it is: a lab may run, and its servers read it.
  const how = isInstalled(locked, installed, false) ? ['install', '--no-save'] : ['ci']
  const { status } = spawnSync(npm, [...how, ...which, ...quietly], options)
  if (status !== 0) {
    say('The packages could not be installed. Next: npm ci', '依赖安装失败。下一步：npm ci')
    process.exit(3)
  }
}

/** @param {string} file */
function packagesIn(file) {
  const path = join(root, file)
  try {
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')).packages ?? {}) : {}
  } catch {
    // Half a file, after a full disk: as good as none.
    return {}
  }
}
