import { html } from 'hono/html'
import { getCookie, setCookie } from 'hono/cookie'
import type { Hono } from 'hono'
import type { House, HouseEnv } from '../house.ts'
import { page } from '../page.ts'

const CUP_COOKIE = 'teahouse_cup'

/** A page that gives a cookie to whoever comes without: each visitor drinks from a cup of their own. */
export function cupRoutes(app: Hono<HouseEnv>, house: House): void {
  app.get('/cup', (c) => {
    const known = getCookie(c, CUP_COOKIE)
    const cup = known && /^[A-Za-z0-9]{1,40}$/.test(known) ? known : house.random()
    if (cup !== known) setCookie(c, CUP_COOKIE, cup, { httpOnly: true, sameSite: 'Lax', path: '/' })
    c.header('cache-control', 'private, no-store')
    const body = html`<section class="narrow">
      <h1>Your cup</h1>
      <p>It hangs on hook <b id="cup">${cup}</b>, and nobody else drinks from it.</p>
    </section>`
    return page(c, house, { title: 'Your cup', body })
  })
}
