import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { freshScore } from '../../.vitepress/book/mutation-records.ts'
import type { Answer, Outcome } from './judge.ts'
import { chosen, run, type Wishes } from './run.ts'
import {
  caught,
  isSolution,
  mutants,
  subjectOf,
  type SubjectOfTests,
  survived,
  without,
} from './subject-of-tests.ts'

const whole: Wishes = { again: false, shard: { part: 1, of: 1 }, limit: Infinity }
let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'subject-'))
  file = join(mkdtempSync(join(tmpdir(), 'records-')), 'four-calls.json')
})

const judgesWell = (answer: Answer): Outcome => (isSolution(answer) ? survived : caught)
const running = (
  subject: SubjectOfTests,
  wishes: Partial<Wishes> = {},
  signal = new AbortController().signal,
) =>
  run(subject, {
    ...{ explained: [], wishes: { ...whole, ...wishes }, say: () => undefined, signal, file },
  })
const judged = () =>
  Object.keys((JSON.parse(readFileSync(file, 'utf8')) as { mutants: object }).mutants)

test('a run judges the solution first, then each mutant, and writes down the score', async () => {
  const subject = subjectOf(folder, judgesWell)
  const { now, errors } = await running(subject)
  expect(subject.asked).toEqual(['the solution', 'a', 'b', 'c', 'd'])
  expect([now.length, errors]).toEqual([4, []])
  expect(freshScore('four-calls', folder, file)).toEqual({ made: 4, caught: 4, explained: 0 })
  expect(subject.isClosed).toBe(true)
})

test('where the solution itself fails, nothing is judged', async () => {
  const subject = subjectOf(folder, () => caught)
  await expect(running(subject)).rejects.toThrow(
    /its solution does not pass, so nothing was judged: caught: checks: it is done/,
  )
  expect(subject.asked).toEqual(['the solution'])
  expect(subject.isClosed).toBe(true)
})

describe('a run goes on where the last one ended', () => {
  test('after a limit', async () => {
    await running(subjectOf(folder, judgesWell), { limit: 3 })
    expect(freshScore('four-calls', folder, file)).toBeUndefined()
    const rest = subjectOf(folder, judgesWell)
    await running(rest)
    expect(rest.asked).toEqual(['the solution', 'd'])
    expect(freshScore('four-calls', folder, file)?.caught).toBe(4)
  })

  test('after Ctrl-C, which ends it behind the mutant under way', async () => {
    const interrupted = new AbortController()
    const subject = subjectOf(folder, (answer) => {
      if (answer.text === without('b').text) interrupted.abort(new Error('SIGINT'))
      return judgesWell(answer)
    })
    const { now } = await running(subject, {}, interrupted.signal)
    expect(now.map(({ statement }) => statement)).toEqual(['a()', 'b()'])
    expect([judged().length, subject.isClosed]).toEqual([2, true])
  })

  test('and a mutant that Ctrl-C has cut short is not judged, nor an error', async () => {
    const interrupted = new AbortController()
    const subject = subjectOf(folder, (answer) => {
      if (answer.text !== without('b').text) return judgesWell(answer)
      interrupted.abort(new Error('SIGINT'))
      throw interrupted.signal.reason as Error
    })
    const { now, errors } = await running(subject, {}, interrupted.signal)
    expect([now.length, errors]).toEqual([1, []])
  })

  test('with nothing to do it opens nothing', async () => {
    await running(subjectOf(folder, judgesWell))
    const again = subjectOf(folder, judgesWell)
    await running(again)
    expect(again.asked).toEqual([])
  })

  test('but judges anew what other checks have judged', async () => {
    await running(subjectOf(folder, judgesWell))
    const changed = subjectOf(folder, judgesWell, 'stricter')
    await running(changed)
    expect(changed.asked).toHaveLength(5)
  })

  test('and everything, where no record is to be believed', async () => {
    await running(subjectOf(folder, judgesWell))
    const again = subjectOf(folder, judgesWell)
    await running(again, { again: true })
    expect(again.asked).toHaveLength(5)
  })
})

test('what could not be judged is an error of its own, and the next one is judged', async () => {
  const subject = subjectOf(folder, (answer) => {
    if (answer.text === without('b').text) throw new Error('the engine is gone')
    return judgesWell(answer)
  })
  const { now, errors } = await running(subject)
  expect(errors).toEqual([{ mutant: without('b'), message: 'the engine is gone' }])
  expect(now.map(({ statement }) => statement)).toEqual(['a()', 'c()', 'd()'])
  expect(freshScore('four-calls', folder, file)).toBeUndefined()
})

describe('of the mutants', () => {
  const none = new Map()
  test('each is in one shard, and in one only', () => {
    const parts = [1, 2, 3].flatMap((part) =>
      chosen(mutants, none, { ...whole, shard: { part, of: 3 } }),
    )
    expect(parts).toHaveLength(mutants.length)
    expect(new Set(parts)).toEqual(new Set(mutants))
  })

  test('one is judged by its id, though it was judged before', () => {
    const { id } = without('c')
    const known = new Map([[id, { ...survived, own: '', machinery: '' }]])
    expect(chosen(mutants, known, { ...whole, only: id })).toEqual([without('c')])
  })
})
