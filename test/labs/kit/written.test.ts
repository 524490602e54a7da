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
