import { expect, test } from 'vitest'
import { Answers } from '../../../labs/kit/answers.ts'
import { createGuests } from '../../../labs/kit/guests.ts'
import type { LabRequest } from '../../../labs/runtime/runtime.ts'

/** A forum that refuses every third person, and forgets who has signed in under a name. */
function forum(forgets: string) {
  let count = 0
  const names = new Map<string, string>()
  return {
    signIn(name: string) {
      if (++count % 3 === 0) return Promise.resolve(undefined)
      names.set(`teahouse_session=${count}`, name)
      return Promise.resolve(`teahouse_session=${count}`)
    },
    send(requests: readonly LabRequest[]) {
      const answers = requests.map(({ headers, to }) => {
        const name = names.get(headers?.cookie ?? '')
        const isKnown = name !== forgets || to === 'web1'
        const body = isKnown ? `<a class="you" href="/me">${name}</a>` : ''
        return { status: 200, headers: {}, cookies: [], body, ms: 1 }
      })
      return Promise.resolve(new Answers(answers))
    },
  }
}
const servers = ['web1', 'web2']

async function come(forgets: string) {
  const guests = createGuests(forum(forgets), { servers, names: ['Lu Yu', 'Jiao Ran'] })
  await expect.poll(() => guests.refused.length).toBeGreaterThan(1)
  await guests.leave()
  const came = guests.signedIn.length + guests.refused.length
  return { guests, came }
}

test('people come to every server, and go on coming when one was refused', async () => {
  const { guests, came } = await come('nobody')
  expect(guests.refused.length).toBe(Math.floor(came / 3))
  expect(new Set(guests.signedIn.map(({ to }) => to))).toEqual(new Set(servers))
  expect(await guests.lost()).toEqual([])
})

test('who is a stranger at one of the servers is lost', async () => {
  const { guests } = await come('Jiao Ran')
  const lost = await guests.lost()
  expect(new Set(lost.map(({ name }) => name))).toEqual(new Set(['Jiao Ran']))
  expect(lost.length).toBe(guests.signedIn.filter(({ name }) => name === 'Jiao Ran').length)
})
