import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const docs = join(import.meta.dirname, '../../docs')

/** Every page's address in English: `/`, `/single-server` … */
export const pages = readdirSync(docs)
  .filter((name) => name.endsWith('.md'))
  .map((name) => `/${name.replace(/(?:index)?\.md$/, '')}`)
