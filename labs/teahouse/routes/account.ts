import type { Hono } from 'hono'
import { atMost, readForm, textOf } from '../form.ts'
import type { House, HouseContext, HouseEnv } from '../house.ts'
import { page, problem } from '../page.ts'
import { mePage, signInPage } from '../pages/account.ts'
import { farewell, visitor, welcome } from '../visitor.ts'

/** 1 to 32 letters and digits of any script; inside also space, - and _. Safe as a file name. */
const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} _-]{0,30}[\p{L}\p{M}\p{N}])?$/u

/** Where to go after signing in. Only our own topics: an open redirect is a gift to phishers. */
const NEXT = /^\/topics\/[1-9][0-9]{0,8}$/

const safeNext = (path: string | undefined) => (path && NEXT.test(path) ? path : '/')

export const signInFirst = (c: HouseContext) => c.redirect('/signin', 303)

export function accountRoutes(app: Hono<HouseEnv>, house: House): void {
  app.get('/signin', (c) => {
    const body = signInPage({ next: safeNext(c.req.query('next')) })
    return page(c, house, { title: 'Sign in', body })
  })

  app.post('/signin', atMost(house, 8 * 1024), async (c) => {
    const form = await readForm(c)
    const name = textOf(form, 'name')
    const next = safeNext(textOf(form, 'next'))
    if (!NAME.test(name)) {
      const body = signInPage({ next, refused: name })
      return page(c, house, { title: 'Sign in', body, status: 422 })
    }
    await house.store.addUser({ name, at: house.clock() })
    try {
      await welcome(c, house, name)
    } catch {
      return problem(c, house, {
        status: 503,
        title: 'The guest book is away',
        text: 'Sessions can’t be kept just now, so nobody can sign in. Reading still works.',
      })
    }
    return c.redirect(next, 303)
  })

  app.post('/signout', async (c) => {
    await farewell(c, house).catch(() => {}) // the browser forgets its cookie in any case
    return c.redirect('/', 303)
  })

  app.get('/me', async (c) => {
    const user = await visitor(c, house)
    if (user === undefined) return signInFirst(c)
    const body = mePage({ user, avatar: await house.store.findAvatar(user) })
    return page(c, house, { title: user, body, outcome: 'bypass' })
  })
}
