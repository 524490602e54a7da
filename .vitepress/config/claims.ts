import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin, ResolvedConfig } from 'vite'
import type { ClaimRecords } from '../book/claim-records.ts'
import { nameOf, projectFolder, readRecords, sourceOf } from '../book/claim-records.ts'

export interface ClaimTag {
  readonly id: string
  readonly line: number
}

/** What looks like a tag and is none; blanked, so that every line stays what it was. */
const code = /^[ \t]*(`{3,}|~{3,})[^]*?^[ \t]*\1[ \t]*$|`[^`\n]+`|<!--[^]*?-->/gm

/** Every `<Claim id="…">` of a page. */
export function claimsIn(markdown: string): readonly ClaimTag[] {
  const prose = markdown.replace(code, (text) => text.replace(/[^\n]/g, ' '))
  return [...prose.matchAll(/<Claim(?=[\s>])(?:\s+id="([^"]*)")?/g)].map((match) => ({
    id: match[1] ?? '',
    line: prose.slice(0, match.index).split('\n').length,
  }))
}

/** Why the page may not say so, and what to type next; nothing for a claim that stands. */
export function problemWith(
  id: string,
  records: ClaimRecords,
  sourceNow = (test: string) => sourceOf(join(projectFolder, test)),
): string | undefined {
  const record = records[id]
  if (!record)
    return `no test has shown it. Next: write claim('${id}', …) in test/claims, then: npm run claims`
  const { file } = record.test
  if (record.verdict !== 'pass')
    return `its last run, on ${record.ranAt}, failed. Next: npx vitest run --project 'labs*' ${file}`
  if (record.source !== sourceNow(file))
    return `${file}, or a file that it uses, has changed since its last run. Next: npm run claims`
}

/** `docs/load-balancer.md:12: <Claim id="…">: …`, for every claim of these pages that does not stand. */
export function problemsIn(pages: ReadonlyMap<string, string>, records: ClaimRecords): string[] {
  return [...pages].flatMap(([page, markdown]) =>
    claimsIn(markdown).flatMap(({ id, line }) => {
      const problem = problemWith(id, records)
      return problem ? [`${page}:${line}: <Claim id="${id}">: ${problem}`] : []
    }),
  )
}

export function readPages(folder = join(projectFolder, 'docs')): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => name.endsWith('.md')).map((name) => join(folder, name))
  return new Map(files.map((file) => [nameOf(file), readFileSync(file, 'utf8')]))
}

/** A build ends where a claim does not stand; dev says so. */
export function claims(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'four-tiers:claims',
    enforce: 'pre',
    configResolved(resolved) {
      config = resolved
    },
    buildStart() {
      const problems = problemsIn(readPages(), readRecords())
      // The server's half is built from the same pages.
      if (problems.length === 0 || config.build.ssr) return
      const text = ['Claims without a passing, up-to-date test:', ...problems].join('\n')
      if (config.command === 'build') throw new Error(text)
      this.warn(text)
    },
  }
}
