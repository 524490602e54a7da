import { html } from 'hono/html'
import type { CacheOutcome } from '../cached.ts'
import type { Language } from '../language.ts'
import type { Assets } from '../ports.ts'
import { wordsIn } from './words.ts'

/** What hono/html makes: text in which everything that came from outside is escaped. */
export type Html = ReturnType<typeof html>

interface Layout {
  readonly title: string
  readonly body: Html
  readonly user: string | undefined
  readonly servedBy: string
  readonly outcome: CacheOutcome | undefined
  readonly language: Language
  readonly assets: Assets | undefined
}

export function layout(page: Layout): Html {
  const { title, body, user, servedBy, outcome, assets, language } = page
  const words = wordsIn(language)
  const source = outcome && html` · ${words.cache} <b>${outcome}</b>`
  const asset = (name: string) => `/public/${name}?v=${assets?.get(name)?.version ?? '0'}`
  const logo = asset('logo.svg')
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title === 'Teahouse' ? words.fullName : `${title} · Teahouse`}</title>
        <link rel="icon" href="${logo}" type="image/svg+xml" />
        <link rel="stylesheet" href="${asset('style.css')}" />
      </head>
      <body>
        <a class="skip" href="#main">${words.skip}</a>
        <header class="house">
          <a class="name" href="/">
            <img src="${logo}" alt="" width="44" height="44" />
            <span>Teahouse <small>${words.motto}</small></span>
          </a>
          <nav aria-label="${words.you}">
            ${
              user === undefined
                ? html`<a class="button quiet" href="/signin">${words.signIn}</a>`
                : html`<a class="you" href="/me" dir="auto">${user}</a>
                    <form method="post" action="/signout">
                      <button class="quiet">${words.signOut}</button>
                    </form>`
            }
          </nav>
        </header>
        <main id="main">${body}</main>
        <footer>${words.servedBy} <b>${servedBy}</b>${source}</footer>
      </body>
    </html> `
}
