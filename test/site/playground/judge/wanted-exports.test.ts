import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { wantedExports } from '../../../../.vitepress/theme/playground/judge/wanted-exports.ts'

test('values are wanted, types are not', () => {
  const source = `
import { expect } from 'vitest'
import { step, type State, stopped as still } from './starter.ts'
import type { Settings } from './starter.ts'`
  expect(wantedExports(source)).toEqual(['step', 'stopped'])
})

const exercises = join(import.meta.dirname, '../../../../exercises')
const folders = readdirSync(exercises, { withFileTypes: true }).filter((one) => one.isDirectory())

test.each(folders.map(({ name }) => name))(
  'what the checks of %s want, the starter has',
  (name) => {
    const read = (file: string) => readFileSync(join(exercises, name, file), 'utf8')
    const wanted = wantedExports(read('checks.test.ts'))
    expect(wanted).not.toEqual([])
    const starter = read('starter.ts')
    const missing = wanted.filter((one) => !new RegExp(`export .*\\b${one}\\b`).test(starter))
    expect(missing).toEqual([])
  },
)
