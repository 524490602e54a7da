import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Not needed to read offline: for machines, or for the worker's own updates. */
const notKept = /(?:^|\/)(?:sitemap\.xml|hashmap\.json|social-card\.png|service-worker\.js)$|\.map$/
/** Large, and wanted by few: who has asked for it once has it from then on. */
const keptWhenUsed = /^assets\/(?:types-worker|diagnosticMessages)[.-]/

/** Writes the worker beside the pages, with the list of everything that was built. */
export function writeServiceWorker(outDir: string): void {
  const built = readdirSync(outDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(outDir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !notKept.test(path) && !keptWhenUsed.test(path))
    .sort()
  const code = readFileSync(join(import.meta.dirname, 'service-worker.js'), 'utf8')
  const hash = createHash('sha256').update(code)
  for (const path of built) hash.update(path).update(readFileSync(join(outDir, path)))
  const precache = { version: hash.digest('hex').slice(0, 12), files: built.map(addressOf) }
  writeFileSync(
    join(outDir, 'service-worker.js'),
    `self.precache = ${JSON.stringify(precache)}\n${code}`,
  )
}

/** Pages are kept by the addresses that readers use. */
const addressOf = (path: string) =>
  path === '404.html' ? path : path.replace(/(?:(^|\/)index)?\.html$/, '$1')
