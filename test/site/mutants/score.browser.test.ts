import { join } from 'node:path'
import { expect, test } from 'vitest'
import { freshScore } from '../../../.vitepress/book/mutation-records.ts'
import { messages } from '../../../.vitepress/theme/mutants/messages.ts'
import { projectFolder } from '../../../labs/session/folders.ts'
import { allLabs } from '../../proof/items.ts'
import { openPage } from '../browser.ts'
import { pages } from '../playground/exercise-page.ts'

const languages = ['en', 'zh'] as const

/** Where a score stands, if there is one: `.exercise` or `.lab` of its page. */
const places = [
  ...Object.entries(pages).map(([slug, page]) => ({
    ...{ page, at: `[data-exercise="${slug}"]` },
    score: freshScore(slug, join(projectFolder, 'exercises', slug)),
  })),
  ...allLabs().map(({ slug, folder }) => ({
    ...{ page: `/${slug}`, at: `#lab-${slug}`, score: freshScore(slug, folder) },
  })),
]

test('there are scores to be shown', () =>
  expect(places.filter(({ score }) => score).length).toBeGreaterThan(3))

test.each(languages)('each score that is not stale stands at its place, in %s', async (lang) => {
  for (const { page: path, at, score } of places) {
    const page = await openPage(path, { lang })
    const told = await page.locator(`${at} .mutant-score`).allTextContents()
    expect(told, at).toEqual(score ? [messages[lang].score(score)] : [])
    // Each has a living picture: together they keep a small machine busy.
    await page.close()
  }
})
