import { parseArgs } from 'node:util'
import { chapterFor, noLongerPlanned } from './chapter.ts'
import { writeLabs } from './readme-labs.ts'
import { writeSkeleton } from './skeleton.ts'

const help = `npm run new lab SLUG         a lab that runs, its chapter in both languages, and its picture
npm run new exercise SLUG    an exercise for the browser
npm run new claim SLUG       a test of a sentence, on a real nginx

SLUG is lower-case words joined by hyphens. What is left to do is marked TODO, and the tests ask for it.
Exit codes: 0 written, 1 there already, 2 usage.
`

const slugs = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const camel = (slug: string) => slug.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())

const writers: Readonly<Record<string, (slug: string) => Promise<readonly string[]>>> = {
  async lab(slug) {
    const { number, title, about } = chapterFor(slug)
    const written = await writeSkeleton(
      {
        lab: `labs/${String(number).padStart(2, '0')}-${slug}`,
        'chapter/en.md': `docs/${slug}.md`,
        'chapter/zh.md': `docs/zh/${slug}.md`,
        'chapter/stage.ts.txt': `snippets/sim/stages/${slug}.ts`,
      },
      {
        ...{ slug, number, camel: camel(slug) },
        ...{ title_en: title.en, title_zh: title.zh },
        ...{ about_en: quoted(about.en), about_zh: quoted(about.zh) },
        ...{ front_port: 8080 + 100 * number, agent_port: 13_900 + number },
      },
    )
    noLongerPlanned(slug)
    await writeLabs()
    return [...written, 'README.md', 'README.zh-CN.md']
  },
  async exercise(slug) {
    const { title } = chapterFor(slug)
    return writeSkeleton(
      { exercise: `exercises/${slug}` },
      { slug, title_en: title.en, title_zh: title.zh },
    )
  },
  async claim(slug) {
    return writeSkeleton(
      {
        'claim/claim.engine.test.ts.txt': `test/claims/${slug}.engine.test.ts`,
        'claim/claim.conf': `test/claims/nginx/${slug}.conf`,
      },
      { slug },
    )
  },
}

/** As a value in YAML, whatever is in it. */
const quoted = (text: string) => JSON.stringify(text)

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h' } },
  })
  const [what = '', slug = ''] = positionals
  const write = writers[what]
  if (values.help) return (process.stdout.write(help), 0)
  if (!write || !slugs.test(slug) || positionals.length > 2)
    return (process.stderr.write(`${complaint(what, slug, positionals)}\n\n${help}`), 2)
  try {
    const written = await write(slug)
    process.stdout.write(`${written.join('\n')}\n\n${next[what]}\n`)
    return 0
  } catch (error) {
    process.stderr.write(`${(error as Error).message}. Nothing is written. Next: another SLUG\n`)
    return 1
  }
}

function complaint(what: string, slug: string, words: readonly string[]): string {
  if (!what) return 'What is to be new?'
  if (!(what in writers)) return `"${what}" is none of ${Object.keys(writers).join(', ')}.`
  if (words.length > 2) return `"${words.slice(2).join(' ')}" is too much.`
  return slug ? `"${slug}" is no SLUG.` : `Which SLUG has the ${what}?`
}

const next: Readonly<Record<string, string>> = {
  lab: 'Next: npm run lab (it is in the list, and runs), npm run test:unit (what is left to do)',
  exercise: 'Next: put <CodeExercise id="SLUG" /> on a page in both languages, npm run test:unit',
  claim: 'Next: npm run claims, which writes it down, and <Claim id="SLUG">…</Claim> on a page',
}

process.exitCode = await main()
