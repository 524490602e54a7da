import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { CacheOutcome } from './cached.ts'
import type { House, HouseContext } from './house.ts'
import { languageOf } from './language.ts'
import type { Html } from './pages/layout.ts'
import { layout } from './pages/layout.ts'

interface Page {
  readonly title: string
  readonly body: Html
  readonly status?: ContentfulStatusCode
  readonly outcome?: CacheOutcome
}

/** No scripts, no other host: what a forum of text and pictures needs. */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"

export function page(c: HouseContext, house: House, { title, body, status, outcome }: Page) {
  const user = c.get('user')
  const language = languageOf(c.req.header('accept-language'))
  // A page greets whoever is signed in, so it depends on the cookie; theirs is nobody else's.
  c.header('vary', 'cookie, accept-language')
  c.header('content-language', language)
  if (user !== undefined) c.header('cache-control', 'private, no-store')
  c.header('content-security-policy', POLICY)
  if (outcome) c.header('x-cache', outcome)
  return c.html(
    layout({ title, body, user, outcome, language, servedBy: house.name, assets: house.assets }),
    status ?? 200,
  )
}

interface Problem {
  readonly status: ContentfulStatusCode
  readonly title: string
  readonly text: string
  readonly more?: Html
  readonly outcome?: CacheOutcome
}

/** A friendly page for an unfriendly moment. It asks nothing of the store, which may be the reason. */
export function problem(c: HouseContext, house: House, found: Problem) {
  const { status, title, text, more, outcome } = found
  c.header('cache-control', 'no-store')
  const body = html`<section class="problem">
    <p class="status">${status}</p>
    <h1>${title}</h1>
    <p>${text}</p>
    ${more ?? html`<p><a class="button" href="/">Back to the tables</a></p>`}
  </section>`
  return page(c, house, { title, body, status, outcome })
}
