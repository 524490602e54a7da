import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { frontmatterOf, withoutFrontmatter } from '../../.vitepress/book/frontmatter.ts'

export const docs = join(import.meta.dirname, '../../docs')

export interface Page {
  /** `load-balancer.md`. */
  readonly name: string
  readonly lang: 'en' | 'zh'
  readonly file: string
  readonly frontmatter: Readonly<Record<string, unknown>>
  /** Without frontmatter, comments and code: what looks like a tag or a link there is none. */
  readonly prose: string
  /** Without frontmatter. */
  readonly text: string
}

export const names = readdirSync(docs).filter((name) => name.endsWith('.md'))

export function readPage(name: string, lang: 'en' | 'zh'): Page {
  const file = join(docs, lang === 'zh' ? 'zh' : '', name)
  const markdown = readFileSync(file, 'utf8')
  const text = withoutFrontmatter(markdown)
  const prose = text
    .replace(/^([ \t]*)(`{3,}|~{3,})[^]*?^\1\2[ \t]*$/gm, '')
    .replace(/<!--[^]*?-->/g, '')
    .replace(/`[^`\n]+`/g, '')
  return { name, lang, file, frontmatter: frontmatterOf(markdown), prose, text }
}

export const allPages = names.flatMap((name) =>
  (['en', 'zh'] as const).map((lang) => readPage(name, lang)),
)

const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]

export interface Used {
  readonly component: string
  /** What it is about: `id`, `lab` or `stage`. */
  readonly about?: string
}

/** Our components, in the order of the page. */
export const componentsIn = ({ prose }: Page): Used[] =>
  [...prose.matchAll(/<([A-Z]\w+)((?:\s[^>]*)?)>/g)].map(([, component, attributes]) => ({
    component: component!,
    about: ['id', 'lab', 'stage'].map((name) => attribute(attributes!, name)).find(Boolean),
  }))

export interface Quote {
  readonly file: string
  readonly region?: string
}

/** `<<< @/../labs/x.conf#upstream{nginx}`: the file from the project's folder, and the region. */
export const quotesIn = ({ text }: Page): Quote[] =>
  [...text.matchAll(/^<<< @\/\.\.\/([^#{\s[]+)(?:#([\w-]+))?/gm)].map(([, file, region]) => ({
    file: file!,
    region,
  }))
