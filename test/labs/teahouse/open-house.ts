import { createTeahouse } from '../../../labs/teahouse/app.ts'
import type { House } from '../../../labs/teahouse/house.ts'
import { createMemoryAvatars } from '../../../labs/teahouse/memory/avatars.ts'
import { createMemoryCache } from '../../../labs/teahouse/memory/cache.ts'
import { createMemorySessions } from '../../../labs/teahouse/memory/sessions.ts'
import { createMemoryStore } from '../../../labs/teahouse/memory/store.ts'
import { ownFunctions, parts } from '../../../labs/teahouse/parts.ts'

/** A moment for tests to stand still at. */
export const NOON = Date.UTC(2025, 5, 1, 12)

type Fields = Readonly<Record<string, string>>

/** A Teahouse with everything in memory, and verbs for what a browser does. */
export function openHouse(given: Partial<House> = {}) {
  let now = NOON
  let ids = 0
  const clock = () => now
  const app = createTeahouse({
    store: createMemoryStore({ seededAt: NOON }),
    cache: createMemoryCache({ clock }),
    sessions: createMemorySessions({ clock }),
    avatars: createMemoryAvatars(),
    clock,
    random: () => `id${++ids}`,
    name: 'web1',
    ...ownFunctions(parts),
    ...given,
  })
  const ask = (path: string, headers: Fields = {}, peer = '192.0.2.1') =>
    app.fetch(new Request(`http://tea.test${path}`, { headers }), { peer })
  const post = (path: string, body: Fields | FormData = {}, headers: Fields = {}) =>
    app.fetch(
      new Request(`http://tea.test${path}`, {
        method: 'POST',
        body: body instanceof FormData ? body : new URLSearchParams(body),
        headers,
      }),
      { peer: '192.0.2.1' },
    )
  /** Returns the cookie to send with the next requests. */
  const signIn = async (name: string) => {
    const answer = await post('/signin', { name })
    return { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' }
  }
  const pass = (ms: number) => {
    now += ms
  }
  return { ask, post, signIn, pass, clock }
}
