import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readCatalog } from '../../../labs/catalog/catalog.ts'
import { readHints } from '../../../labs/catalog/hints.ts'
import { copyOfProject, removeCopy, tinyLab } from './copy-of-project.ts'

const copies = ['01-load-balancer', tinyLab].map((name) => ({ name, folder: copyOfProject(name) }))
afterAll(() => copies.forEach(({ folder }) => removeCopy(folder)))

describe.each(copies)('a copy of the book with $name', ({ name, folder }) => {
  const [lab, ...others] = readCatalog(join(folder, 'labs'))
  const list = (part: string) =>
    readdirSync(join(folder, 'labs', name, part), { recursive: true })
      .map(String)
      .sort()

  test('has that lab, and no other', () => {
    expect(lab?.folder).toBe(join(folder, 'labs', name))
    expect(others).toEqual([])
  })

  test('has all that the command wants of a lab', () => {
    const tasks = lab?.tasks.map(({ id }) => id) ?? []
    expect(list('checks')).toEqual(tasks.map((id) => `${id}.test.ts`).sort())
    expect(list('starter')).toEqual(list('solution'))
    for (const language of ['en', 'zh'] as const)
      expect(Object.keys(readHints(lab!, language))).toEqual(tasks)
  })
})
