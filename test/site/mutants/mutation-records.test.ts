import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import {
  freshScore,
  type MutationScore,
  sourcesOf,
} from '../../../.vitepress/book/mutation-records.ts'

const score: MutationScore = { made: 318, caught: 312, explained: 6 }
const parts = [
  'solution/nginx/teahouse.conf',
  'checks/balance.test.ts',
  'mutants.yaml',
  'compose.yaml',
]
const others = [
  'starter/nginx/teahouse.conf',
  'hints/en.md',
  'README.zh-CN.md',
  'lab.yaml',
  'answers.yaml',
  'work/nginx/teahouse.conf',
  'work.2026-11-28/nginx/teahouse.conf',
]
let folder: string
let record: string

const write = (told: MutationScore | undefined) =>
  writeFileSync(record, JSON.stringify({ sources: sourcesOf(folder), score: told, mutants: {} }))
const shown = () => freshScore('load-balancer', folder, record)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lab-'))
  record = join(mkdtempSync(join(tmpdir(), 'records-')), 'load-balancer.json')
  for (const file of [...parts, ...others]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), 'as it was')
  }
  write(score)
})

test('a score is shown while it is that of the files', () => expect(shown()).toEqual(score))

test.each(parts)('none is shown after a change of %s', (file) => {
  appendFileSync(join(folder, file), '!')
  expect(shown()).toBeUndefined()
})

test.each(others)('it stays after a change of %s, by which no verdict goes', (file) => {
  appendFileSync(join(folder, file), '!')
  expect(shown()).toEqual(score)
})

test('none is shown while mutants are not judged yet', () => {
  write(undefined)
  expect(shown()).toBeUndefined()
})

test('none is shown where no mutant was ever made', () =>
  expect(freshScore('load-balancer', folder, join(folder, 'none.json'))).toBeUndefined())
