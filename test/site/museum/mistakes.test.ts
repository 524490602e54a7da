import { expect, test } from 'vitest'
import loader from '../../../.vitepress/theme/museum/mistakes.data.ts'
import { readLabAnswers } from '../../../labs/catalog/answers.ts'
import { readCatalog } from '../../../labs/catalog/catalog.ts'
import { labsFolder } from '../../../labs/session/folders.ts'

const rooms = loader.load()
const shown = rooms.flatMap(({ slug, tasks }) =>
  tasks.flatMap(({ mistakes }) =>
    mistakes.map((mistake) => ({ id: `${slug}/${mistake.name}`, mistake })),
  ),
)

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
