import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { freshScore } from '../../.vitepress/book/mutation-records.ts'
import type { Answer, Outcome } from './judge.ts'
import { merge } from './merge.ts'
import { run } from './run.ts'
import { caught, isSolution, subjectOf, survived, without } from './subject-of-tests.ts'

let folder: string
let [ours, theirs] = ['', '']
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'subject-'))
  const records = mkdtempSync(join(tmpdir(), 'records-'))
  ours = join(records, 'four-calls.json')
  theirs = join(records, 'from-elsewhere.json')
})

const judgesWell = (answer: Answer): Outcome => (isSolution(answer) ? survived : caught)
const { signal } = new AbortController()
const judged = (
  file: string,
  { part = 1, of = 1, verdict = judgesWell, checks = 'as they are' } = {},
) =>
  run(subjectOf(folder, verdict, checks), {
    ...{ explained: [], say: () => undefined, signal, file },
    wishes: { again: false, shard: { part, of }, limit: Infinity },
  })
const merged = () =>
  merge(theirs, (slug) => (slug === 'four-calls' ? subjectOf(folder, judgesWell) : undefined), ours)

test('what two machines have judged, a shard each, is one record with its score', async () => {
  await judged(ours, { part: 1, of: 2 })
  await judged(theirs, { part: 2, of: 2 })
  expect(await merged()).toMatchObject({ added: 2, stale: 0, disputed: [], open: 0 })
  expect(freshScore('four-calls', folder, ours)).toEqual({ made: 4, caught: 4, explained: 0 })
})

test('a verdict on other files is not taken', async () => {
  await judged(ours, { part: 1, of: 2 })
  await judged(theirs, { part: 2, of: 2, checks: 'older' })
  expect(await merged()).toMatchObject({ added: 0, stale: 2, open: 2 })
})

test('where two machines judge the same files differently, neither is believed', async () => {
  await judged(ours)
  const { id, text } = without('c')
  await judged(theirs, {
    verdict: (answer) => (answer.text === text ? survived : judgesWell(answer)),
  })
  expect(await merged()).toMatchObject({ disputed: [id], open: 1 })
  expect(readFileSync(ours, 'utf8')).not.toContain(id)
})

test('a file of an unknown lab, or of another kind, is refused by its name', async () => {
  writeFileSync(theirs, '{ "slug": "nobody", "mutants": {} }')
  await expect(merged()).rejects.toThrow(`${theirs}: there is no lab or exercise nobody.`)
  writeFileSync(theirs, '{ "slug": "four-calls", "mutants": { "x": ["lost", "", ""] } }')
  await expect(merged()).rejects.toThrow(`${theirs}: mutants.x.0 is no verdict.`)
  writeFileSync(theirs, 'no JSON')
  await expect(merged()).rejects.toThrow(`${theirs}: `)
})
