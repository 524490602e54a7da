import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withLabs } from '../../authoring/readme-labs.ts'
import { readCatalog } from '../../labs/catalog/catalog.ts'
import { labsFolder, projectFolder } from '../../labs/session/folders.ts'

const readme = { en: 'README.md', zh: 'README.zh-CN.md' } as const

test.each(['en', 'zh'] as const)(
  'the labs’ table in %s is that of their folders: `npm run format` writes it',
  async (language) => {
    const written = readFileSync(join(projectFolder, readme[language]), 'utf8')
    expect(written).toBe(await withLabs(language))
  },
)

test('a lab more is a row more, and nothing else', async () => {
  const labs = readCatalog(labsFolder)
  const another = { ...labs[0]!, number: 99, title: { en: 'Another', zh: '又一个' } }
  const [before, after] = await Promise.all([
    withLabs('en', labs),
    withLabs('en', [...labs, another]),
  ])
  const lines = (text: string) => text.split('\n').map((line) => line.replace(/[ -]+/g, ' '))
  const added = lines(after).filter((line) => !lines(before).includes(line))
  expect(added).toHaveLength(1)
  expect(added[0]).toContain('| 99 | [Another]')
})
