import { describe, expect, test } from 'vitest'
import english from '../../../.vitepress/theme/museum/en.data.ts'
import chinese from '../../../.vitepress/theme/museum/zh.data.ts'
import type { DiffLine } from '../../../.vitepress/theme/difference/line-diff.ts'
import { readLabAnswers } from '../../../labs/catalog/answers.ts'
import { readCatalog } from '../../../labs/catalog/catalog.ts'
import { commentsIn } from '../../../labs/comments.ts'
import { labsFolder } from '../../../labs/session/folders.ts'

const shownBy = (loader: typeof english) =>
  loader
    .load()
    .flatMap(({ slug, tasks }) =>
      tasks.flatMap(({ mistakes }) =>
        mistakes.map((mistake) => ({ id: `${slug}/${mistake.name}`, mistake })),
      ),
    )

describe.each([
  ['English', english],
  ['Chinese', chinese],
])('in %s', (_, loader) => {
  const shown = shownBy(loader)

  test('every mistake of every lab hangs in the museum, once', () => {
    const wanted = readCatalog(labsFolder).flatMap(({ slug, folder }) =>
      readLabAnswers(folder)
        .filter(({ is }) => is === 'wrong')
        .map(({ name }) => `${slug}/${name}`),
    )
    expect(wanted.length).toBeGreaterThan(40)
    expect(shown.map(({ id }) => id).sort()).toEqual(wanted.sort())
  })

  test('each shows where it parts from our answer, and little else', () => {
    for (const { id, mistake } of shown) {
      const lines = mistake.files.flatMap(({ hunks }) => hunks.flat())
      expect(
        lines.some(({ kind }) => kind !== 'same'),
        id,
      ).toBe(true)
      const same = lines.filter(({ kind }) => kind === 'same').length
      expect(same, id).toBeLessThanOrEqual(4 * (lines.length - same))
    }
  })
})

/** What is said in code on one side of a difference. */
const said = (lines: readonly DiffLine[], side: 'removed' | 'added') =>
  commentsIn(
    lines
      .filter(({ kind }) => kind === 'same' || kind === side)
      .map(({ text }) => text)
      .join('\n'),
  )

test('in the Chinese museum what is said in code is said in Chinese', () => {
  const comments = shownBy(chinese).flatMap(({ id, mistake }) =>
    mistake.files
      .flatMap(({ hunks }) => hunks)
      .flatMap((lines) => [...said(lines, 'removed'), ...said(lines, 'added')])
      .map((words) => ({ id, words })),
  )
  expect(comments.length).toBeGreaterThan(100)
  expect(comments.filter(({ words }) => !/\p{Script=Han}/u.test(words))).toEqual([])
})
