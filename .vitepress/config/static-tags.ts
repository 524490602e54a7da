import type { MarkdownEnv, MarkdownRenderer } from 'vitepress'
import type { Language } from '../../labs/language.ts'
import { messages } from '../theme/claims/messages.ts'
import { type ClaimRecord, type ClaimRecords, readRecords } from '../book/claim-records.ts'
import { base } from './head.ts'
import { longDate } from '../book/long-date.ts'
import { languageOfPage } from '../book/page-language.ts'
import { manifest } from './manifest.ts'

/** `<Claim id="…">`, `<Term id="…">`, and their ends. */
const tag = /<(?:(Claim|Term)(?:\s+id="([^"]*)")?\s*|\/(Claim|Term))>/g

/** What is kept from tag to tag while a page is rendered. */
interface Env extends Partial<MarkdownEnv> {
  /** Ids of the claims that are open. */
  claims?: string[]
  cards?: number
  /** Read once for the page. */
  records?: ClaimRecords
  /** The index of the search wants the page's words alone. */
  forSearch?: boolean
}

/**
 * Writes claims and terms out as HTML. A chapter has dozens of them: as components, each would have to
 * be woken in the browser before anybody has asked for it. See theme/claims/claim-cards.ts and
 * theme/reading/TermCard.vue for what brings their cards.
 */
export function staticTags(md: MarkdownRenderer, records = readRecords): void {
  for (const rule of ['html_inline', 'html_block'] as const) {
    const render = md.renderer.rules[rule]!
    md.renderer.rules[rule] = (tokens, index, options, env: Env, self) =>
      render(tokens, index, options, env, self).replace(
        tag,
        (_, name?: string, id = '', ended?: string) => {
          if (env.forSearch) return ''
          const language = languageOfPage(env.relativePath)
          if (name === 'Term') return `<a class="term" href="${glossary[language]}#${id}">`
          if (ended === 'Term') return '</a>'
          const all = (env.records ??= records())
          if (name === 'Claim') return beginClaim(env, id, all[id])
          const claim = env.claims?.pop() ?? ''
          return endClaim(claim, all[claim], language, (env.cards = (env.cards ?? 0) + 1))
        },
      )
  }
}

const glossary = { en: `${base}glossary`, zh: `${base}zh/glossary` }

function beginClaim(env: Env, id: string, record: ClaimRecord | undefined): string {
  ;(env.claims ??= []).push(id)
  return `<span class="claim${holds(record) ? '' : ' unproved'}"><span class="sentence">`
}

/**
 * The mark behind the sentence, and its card. No attribute that Vue's compiler does not know
 * (`role`, `popover`): it would take the paragraph for something that must be woken.
 */
function endClaim(
  id: string,
  record: ClaimRecord | undefined,
  language: Language,
  count: number,
): string {
  const texts = messages[language]
  const [card, show] = [`claim-${count}-${id}`, `aria-label="${texts.show}"`]
  const sign = holds(record) ? 'M3.5 8.5l3 3 6-7' : 'M8 3v6m0 3v.5'
  const figure = escape(record?.figure?.[language] ?? '')
  return [
    `</span><button class="mark" type="button" data-card="${card}" ${show} aria-haspopup="dialog">`,
    `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${sign}"></path></svg></button>`,
    figure && `<span class="figure-in-print"> (${figure})</span>`,
    `<span id="${card}" class="card" ${show}>`,
    holds(record)
      ? proof(record, figure, language)
      : `<strong class="verdict">${texts.unproved}</strong>`,
    '</span></span>',
  ].join('')
}

const holds = (record: ClaimRecord | undefined): record is ClaimRecord => record?.verdict === 'pass'

function proof(
  { versions = {}, ranAt, test }: ClaimRecord,
  figure: string,
  language: Language,
): string {
  const texts = messages[language]
  const programs = Object.entries(versions).map((pair) => pair.join(' '))
  const ran = texts.ran(programs.join(', '), longDate(new Date(ranAt), language))
  const source = `${manifest.repository}/blob/main/${test.file}#L${test.line}`
  return [
    `<strong class="verdict">${texts.holds}</strong>`,
    `<span class="figure">${figure}</span>`,
    `<span class="ran">${escape(ran)}</span>`,
    `<a class="test" href="${source}">${texts.test}</a>`,
  ].join('')
}

const escape = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // Two braces would begin an expression of Vue's.
    .replaceAll('{', '&#123;')
