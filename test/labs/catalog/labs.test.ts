import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readLabAnswers } from '../../../labs/catalog/answers.ts'
import { readCatalog } from '../../../labs/catalog/catalog.ts'
import { labSchema } from '../../../labs/catalog/definition.ts'
import { parseHints, readHints } from '../../../labs/catalog/hints.ts'

const root = join(import.meta.dirname, '../../..')
const labs = readCatalog(join(root, 'labs'))

describe.each(labs)('lab $number, $slug', (lab) => {
  const tasks = lab.tasks.map(({ id }) => id)
  const below = (path: string) => join(lab.folder, path)

  test('every task has its check, and every check its task', () =>
    expect(readdirSync(below('checks')).sort()).toEqual(tasks.map((id) => `${id}.test.ts`).sort()))

  test('every check speaks through the kit alone', () => {
    for (const id of tasks) {
      const text = readFileSync(below(`checks/${id}.test.ts`), 'utf8')
      expect(text).not.toMatch(/\.skip|\.only|\.todo|node:fs|readFileSync/)
    }
  })

  test('starter and solution hold the same files, those of the tasks among them', () => {
    const list = (folder: string) =>
      readdirSync(below(folder), { recursive: true }).map(String).sort()
    expect(list('starter')).toEqual(list('solution'))
    for (const file of lab.tasks.flatMap(({ files }) => files))
      expect(existsSync(below(`starter/${file}`)), file).toBe(true)
  })

  test('nothing is left to be written, but by the reader', () => {
    const files = readdirSync(lab.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(lab.folder, join(entry.parentPath, entry.name)))
      .filter((file) => !/^(?:(?:starter|work(?:\.[^\\/]*)?)[\\/]|comments\.zh\.json$)/.test(file))
    const left = files.filter((file) => /\bTODO\b/.test(readFileSync(below(file), 'utf8')))
    expect(left).toEqual([])
  })

  test.each(['en', 'zh'] as const)('every task has three hints (%s)', (language) => {
    const hints = readHints(lab, language)
    expect(Object.keys(hints)).toEqual(tasks)
    for (const [id, list] of Object.entries(hints)) expect(list, id).toHaveLength(3)
  })

  test('ten plausible mistakes or more, at least one for each task', () => {
    const wrong = readLabAnswers(lab.folder).filter(({ is }) => is === 'wrong')
    expect(wrong.length).toBeGreaterThanOrEqual(10)
    expect([...new Set(wrong.map(({ task }) => task))].sort()).toEqual([...tasks].sort())
  })

  test('what a mistake may fail besides its own task are other tasks of the lab', () => {
    for (const { name, is, task, also } of readLabAnswers(lab.folder)) {
      const others = is === 'wrong' ? tasks.filter((one) => one !== task) : []
      expect(
        also.filter((one) => !others.includes(one)),
        name,
      ).toEqual([])
    }
  })

  test('every task has two other right answers or more', () => {
    const right = readLabAnswers(lab.folder).filter(({ is }) => is === 'right')
    expect(tasks).toEqual(expect.arrayContaining(right.map(({ task }) => task)))
    for (const id of tasks)
      expect(right.filter(({ task }) => task === id).length, id).toBeGreaterThanOrEqual(2)
  })
})

test('a lab.yaml with a word too many is refused by name', () => {
  const result = labSchema.safeParse({ slug: 'x', surprise: 1, tasks: [{ id: 'a', extra: [] }] })
  expect(JSON.stringify(result.error?.issues)).toContain('surprise')
  expect(JSON.stringify(result.error?.issues)).toContain('extra')
})

test('hints may run over several lines', () =>
  expect(parseHints('# Hints\n\n## one\n\n1. a\n   b\n2. c\n')).toEqual({ one: ['a\nb', 'c'] }))
