import type { Hono } from 'hono'
import type { House, HouseEnv } from '../house.ts'
import { hostOf, peerOf } from '../house.ts'
import { reportText } from '../pages/report.ts'
import { visitor } from '../visitor.ts'
import { readFront } from './forum.ts'

const REPORT_ROWS = 1000

const ROBOTS = `User-agent: *
Disallow: /api/
Disallow: /me
Disallow: /signin
`

/** What programs ask for: a balancer's health check, a crawler, a script, you with curl. */
export function plainRoutes(app: Hono<HouseEnv>, house: House): void {
  app.get('/whoami', async (c) => {
    const peer = peerOf(c)
    const header = (name: string) => c.req.header(name) ?? null
    c.header('cache-control', 'private, no-store')
    return c.json({
      server: house.name,
      client: house.clientAddress({ headers: c.req.raw.headers, peer }),
      peer,
      host: hostOf(c),
      headers: {
        'x-real-ip': header('x-real-ip'),
        'x-forwarded-for': header('x-forwarded-for'),
        'x-forwarded-proto': header('x-forwarded-proto'),
      },
      user: (await visitor(c, house)) ?? null,
    })
  })

  app.get('/healthz', async (c) => {
    c.header('cache-control', 'no-store')
    if (house.isClosing?.()) return c.text('closing', 503)
    try {
      await house.store.ping()
      return c.text('ok')
    } catch {
      return c.text('store away', 503)
    }
  })

  app.get('/robots.txt', (c) => c.text(ROBOTS))

  app.get('/api/topics.json', async (c) => {
    const { outcome, value: front } = await readFront(house)
    c.header('x-cache', outcome)
    return c.json({ topics: front?.top ?? [], newest: front?.newest ?? [] })
  })

  app.get('/api/report.txt', async (c) => {
    const report = await house.store.report({ rows: REPORT_ROWS })
    c.header('x-cache', 'bypass')
    return c.text(reportText(report, house.clock()))
  })
}
