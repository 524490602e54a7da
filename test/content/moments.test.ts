import { describe, expect, test } from 'vitest'
import { writtenChapters } from '../../.vitepress/book/chapters.ts'
import { stageBySlug } from '../../snippets/sim/stages/index.ts'
import { readPage } from './pages.ts'

const attributes = (text: string) =>
  Object.fromEntries([...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))

/** What each small picture of a page shows: `{ stage, tiers, killed, … }`. */
const momentsOf = (slug: string, lang: 'en' | 'zh') =>
  [...readPage(`${slug}.md`, lang).text.matchAll(/<StageMoment ([^>]*)>/g)].map(([, text]) =>
    attributes(text!),
  )

describe.each(writtenChapters())('the small pictures of $slug', ({ slug }) => {
  const moments = momentsOf(slug, 'en')

  test('are there, and in both languages', () => {
    expect(moments.length).toBeGreaterThan(0)
    expect(momentsOf(slug, 'zh')).toEqual(moments)
  })

  test.each(moments)('show servers that stand in the chapter’s own: %o', (moment) => {
    expect(moment.stage).toBe(slug)
    const { nodes } = stageBySlug(slug)
    const tiers: string[] = moment.tiers!.split(' ')
    expect(tiers.filter((tier) => !nodes.some((node) => node.tier === tier))).toEqual([])
    const shown = nodes.filter(({ tier }) => tiers.includes(tier)).map(({ id }) => id)
    const named = [moment.killed, moment.cut, moment.joined].flatMap((ids) => ids?.split(' ') ?? [])
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((id) => !shown.includes(id))).toEqual([])
  })
})
