import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { stages } from '../../../snippets/sim/stages/index.ts'

const folder = join(import.meta.dirname, '../../../snippets/sim/stages')

test('each file is the stage of its name', () => {
  const names = readdirSync(folder).filter((name) => name !== 'index.ts')
  expect(names.length).toBeGreaterThan(4)
  expect(stages.map(({ slug }) => `${slug}.ts`).sort()).toEqual(names.sort())
})

test('no stage has words that are still to be written', () =>
  expect(stages.filter((stage) => JSON.stringify(stage).includes('TODO'))).toEqual([]))
