import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { labCalled } from '../lab-under-test.ts'

/** What the reader is given, and need not change. */
const solution = (file: string): Promise<unknown> =>
  import(
    /* @vite-ignore */ pathToFileURL(
      join(labCalled('replicated-redis').folder, 'solution/app', file),
    ).href
  )
interface Half {
  readonly name: string
  readonly redis: readonly string[]
}
const { createHomes } = (await solution('homes.ts')) as {
  createHomes: (halves: readonly Half[]) => (name: string) => Half
}
const { halves } = (await solution('servers.ts')) as { halves: readonly Half[] }

/** Those of the checks, which are the same in each run. */
const names = Array.from({ length: 200 }, (_, at) => `topic:${700_001 + at}`)

test('the names of the checks are divided as the first task asks, whatever the order of the halves', () => {
  const homeOf = createHomes(halves)
  const one = names.filter((name) => homeOf(name).name === 'one').length
  expect(Math.min(one, names.length - one)).toBeGreaterThan(names.length / 4 + 10)
  const other = createHomes([...halves].reverse())
  expect(names.filter((name) => other(name).name !== homeOf(name).name)).toEqual([])
})
