import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Checker, createChecker } from '../../../labs/checker/checker.ts'
import type { Place } from '../../../labs/runtime/docker/place.ts'
import { projectFolder } from '../../../labs/session/folders.ts'

const scratch = join(projectFolder, 'test/scratch')

/** In the project, where checks find vitest. */
let folder: string
let checker: Checker
const check = (name: string, body: string) =>
  writeFileSync(
    join(folder, 'checks', `${name}.test.ts`),
    `import { expect, test } from 'vitest'\ntest('${name}', async () => { ${body} })\n`,
  )

beforeAll(() => {
  mkdirSync(scratch, { recursive: true })
  folder = join(mkdtempSync(join(scratch, 'dead-thread-')), 'lab')
  for (const name of ['checks', '../kit']) mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, '../kit/setup.ts'), '')
  check('good', 'expect(1).toBe(1)')
  check('exits', 'process.exit(7)')
  check('late', 'setTimeout(() => { throw new Error("late") }, 50)')
})
afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }))
afterEach(() => checker.close())

const begin = () => (checker = createChecker({ lab: { folder } } as Place))

test('a check that ends its thread is an error of its own, and the others are judged', async () => {
  const verdicts = await begin().check(['good', 'exits', 'good'])
  expect(verdicts.map(({ outcome }) => outcome)).toEqual(['pass', 'error', 'pass'])
  expect(verdicts[1]?.tests[0]?.message).toContain('its thread ended (7)')
})

test('what a check throws after its end ends no lab, and the next check is judged', async () => {
  await begin().check(['late'])
  await new Promise((resolve) => setTimeout(resolve, 500))
  const [verdict] = await checker.check(['good'])
  expect(verdict?.outcome).toBe('pass')
})
