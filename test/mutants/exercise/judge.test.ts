import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test, vi } from 'vitest'
import { projectFolder } from '../../../labs/session/folders.ts'
import { typescript } from '../../real/typescript.ts'

// Each starts a process, and a thread in it; and waits for a loop without an end.
vi.setConfig({ testTimeout: 120_000 })

const slug = 'smooth-weighted-round-robin'
const solution = readFileSync(join(projectFolder, 'exercises', slug, 'solution.ts'), 'utf8')
const wrong = solution.replace('return best?.name', '')
const unreadable = 'export {'
const endless = `${solution}\nfor (;;);\n`
const script = join(import.meta.dirname, 'judge-answers.ts')

/** What becomes of these answers, one after the other. */
async function judged(crowd: number, ...answers: readonly string[]): Promise<unknown> {
  const args = [...typescript, script, slug, String(crowd), ...answers]
  const { stdout } = await execa(process.execPath, args, { cwd: projectFolder })
  return JSON.parse(stdout)
}

test('the solution survives, and what differs from it is caught, be it unreadable or endless', async () => {
  expect(wrong).not.toBe(solution)
  expect(await judged(1, solution, wrong, unreadable, endless, solution)).toMatchObject([
    { outcome: 'survived' },
    {
      ...{ outcome: 'caught', by: 'checks' },
      sentence: 'servers of equal weight take turns, in their order',
    },
    { outcome: 'caught' },
    { outcome: 'caught', sentence: 'it never ends' },
    { outcome: 'survived' },
  ])
})

test('on a machine that stays too busy nothing is caught, and what passes has passed', async () => {
  expect(await judged(40, wrong, solution)).toMatchObject([
    { outcome: 'error', sentence: expect.stringMatching(/too busy to judge/) as string },
    { outcome: 'survived' },
  ])
})
