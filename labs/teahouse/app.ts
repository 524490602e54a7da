import { Hono } from 'hono'
import type { House, HouseEnv } from './house.ts'
import { hostOf } from './house.ts'
import { StoreAway } from './ports.ts'
import { problem } from './page.ts'
import { forumRoutes } from './routes/forum.ts'
import { accountRoutes } from './routes/account.ts'
import { avatarRoutes } from './routes/avatars.ts'
import { cupRoutes } from './routes/cup.ts'
import { applyCachePolicy } from './cache-policy.ts'
import { assetRoutes } from './routes/assets.ts'
import { plainRoutes } from './routes/plain.ts'
import { isSameOrigin } from './same-origin.ts'

/**
 * Teahouse, a forum about tea: an ordinary Hono application, and so one pure function
 * `fetch(request, { peer }) → response`. Sockets and databases are server.ts's business.
 */
export function createTeahouse(house: House): Hono<HouseEnv> {
  const app = new Hono<HouseEnv>()

  app.use(async (c, next) => {
    c.header('x-served-by', house.name)
    if (c.req.method !== 'POST') return next()
    const origin = c.req.header('origin')
    const host = hostOf(c)
    if (isSameOrigin({ origin, host })) return next()
    return problem(c, house, {
      status: 403,
      title: 'This form came from somewhere else',
      text: `Your browser says that the form is from ${origin}, but the request asks for the host ${host}. If a proxy stands between you and this server, it has to pass on the Host header that it received, its port included.`,
    })
  })

  app.use(async (c, next) => {
    await next()
    applyCachePolicy(c, house)
  })

  forumRoutes(app, house)
  accountRoutes(app, house)
  avatarRoutes(app, house)
  cupRoutes(app, house)
  assetRoutes(app, house)
  plainRoutes(app, house)

  app.notFound((c) =>
    problem(c, house, {
      status: 404,
      title: 'Nobody sits at this table',
      text: 'There is no such page. It may have been moved, or it never was.',
    }),
  )

  app.onError((error, c) => {
    if (error instanceof StoreAway) {
      c.header('retry-after', '2')
      return problem(c, house, {
        status: 503,
        title: 'The kettle is off',
        text: 'The forum can’t reach its database just now. Nothing is lost. Try again in a moment.',
      })
    }
    house.report?.(error)
    return problem(c, house, {
      status: 500,
      title: 'We spilled something',
      text: 'This is our fault, not yours. The server wrote down what happened.',
    })
  })

  return app
}
