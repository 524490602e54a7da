import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applyEdits } from '../../../labs/catalog/edits.ts'
import { projectFolder } from '../../../labs/session/folders.ts'
import type { Bug } from './planted-bugs.ts'

const modules = import.meta.glob<Record<string, unknown>>('../**/*-bugs.ts', { eager: true })
const bugs = Object.values(modules)
  .flatMap((module) => Object.values(module).filter(Array.isArray))
  .flat() as readonly Bug[]

test('each mistake to plant finds its place in the model as it is now', () => {
  expect(bugs.length).toBeGreaterThan(10)
  for (const { name, file, ...edit } of bugs) {
    const text = readFileSync(join(projectFolder, 'snippets', file), 'utf8')
    expect(() => applyEdits(text, [edit]), name).not.toThrow()
  }
})
