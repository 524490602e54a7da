import { expect, test } from 'vitest'
import { command } from './command.ts'
import type { Mutant } from './mutants.ts'
import { help } from './words.ts'

const slug = 'smooth-weighted-round-robin'
async function mutate(...args: readonly string[]) {
  const [said, wrong]: [string[], string[]] = [[], []]
  const code = await command(args, {
    out: (line) => void said.push(line),
    err: (line) => void wrong.push(line),
    signal: new AbortController().signal,
  })
  return { code, said, wrong }
}

test('--help says every command, and what the exit codes mean', async () =>
  expect(await mutate('--help')).toEqual({ code: 0, said: [help.trimEnd()], wrong: [] }))

test('wrong words end with 2, and say what there is', async () => {
  expect(await mutate('museum')).toMatchObject({ code: 2, said: [] })
  const exercise = await mutate('exercise', 'none')
  expect(exercise.code).toBe(2)
  expect(exercise.wrong[0]).toMatch(/^There is no exercise none\. There are: .*round-robin/)
  const lab = await mutate('lab', '99')
  expect(lab.code).toBe(2)
  expect(lab.wrong[0]).toMatch(/^There is no lab 99\. There are: 0, 1, .* Next: npm run mutate lab/)
})

test('an id that no mistake has ends with 2, and says where they are named', async () =>
  expect(await mutate('exercise', slug, 'none')).toEqual({
    ...{ code: 2, said: [] },
    wrong: [`exercise ${slug} has no none. Next: npm run mutate exercise ${slug} -- --list`],
  }))

test('--list names each mistake by its id, its line and its change, and judges none', async () => {
  const [lines, json] = [
    await mutate('exercise', slug, '--list'),
    await mutate('exercise', slug, '--list', '--json'),
  ]
  const mutants = JSON.parse(json.said[0]!) as readonly Mutant[]
  expect(mutants.length).toBeGreaterThan(30)
  expect(lines.said).toHaveLength(mutants.length)
  const { id, line } = mutants[0]!
  expect(lines.said[0]).toContain(`${id}  line ${line}  solution.ts: `)
})
