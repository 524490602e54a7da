import { expect, test } from 'vitest'
import { Answers } from '../../../labs/kit/answers.ts'
import { openTopics } from '../../../labs/kit/written.ts'
import type { Answer } from '../../../labs/runtime/runtime.ts'

const answer = (status: number, location?: string): Answer => ({
  ...{ url: 'http://teahouse.test/topics', ms: 1, cookies: [], body: '', status },
  headers: location ? { location } : {},
})

/** A forum that answers so, one after the other. */
const forum = (...answers: readonly Answer[]) => ({
  signIn: () => Promise.resolve('teahouse_session=web1.x'),
  send: () => Promise.resolve(new Answers(answers)),
})

test('topics that were opened, by their paths', async () => {
  const lab = forum(answer(303, '/topics/15'), answer(303, '/topics/16'))
  expect(await openTopics(lab, 2, 'tea')).toEqual(['/topics/15', '/topics/16'])
})

test.each([
  ['the forum fails', answer(500)],
  ['nobody is signed in', answer(401)],
])('%s: the answer is wrong, and not the machine', async (_, bad) => {
  const lab = forum(answer(303, '/topics/15'), bad)
  await expect(openTopics(lab, 2, 'tea')).rejects.toMatchObject({
    name: 'AssertionError',
    message: expect.stringContaining('a member opens topics'),
  })
})

/** A forum that answers one round of requests after the other. */
const rounds = (...all: (readonly Answer[])[]) => ({
  signIn: () => Promise.resolve('teahouse_session=web1.x'),
  send: () => Promise.resolve(new Answers(all.shift() ?? [])),
})
const opened = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => answer(303, `/topics/${from + at}`))

test('one of a hundred whom a server did not know sends it once more', async () => {
  const lab = rounds(
    [...opened(1, 60), answer(401), ...opened(60, 100)],
    [answer(303, '/topics/100')],
  )
  expect(new Set(await openTopics(lab, 100, 'tea')).size).toBe(100)
})

test.each([
  ['two of a hundred', [[...opened(1, 99), answer(401), answer(401)]]],
  ['one, twice', [[...opened(1, 100), answer(401)], [answer(401)]]],
])('%s whom a server does not know: the answer is wrong', async (_, all) =>
  expect(openTopics(rounds(...all), 100, 'tea')).rejects.toMatchObject({ name: 'AssertionError' }),
)
