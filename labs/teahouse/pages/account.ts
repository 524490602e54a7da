import { html } from 'hono/html'
import type { Html } from './layout.ts'
import { face } from './pieces.ts'

interface SignInPage {
  readonly next: string
  readonly refused?: string
}

export function signInPage({ next, refused }: SignInPage): Html {
  return html`<section class="narrow">
    <h1>Sign in</h1>
    <p>A name is enough. Nobody checks: this is a teahouse, not a bank.</p>
    <form method="post" action="/signin" class="stack card">
      ${
        refused !== undefined &&
        html`<p class="refused" role="alert">
          A name has 1 to 32 letters or digits, and inside it also spaces, - and _.
        </p>`
      }
      <label>
        <span>Your name</span>
        <input
          name="name"
          required
          maxlength="32"
          autocomplete="nickname"
          value="${refused ?? ''}"
        />
      </label>
      <input type="hidden" name="next" value="${next}" />
      <button>Come in</button>
    </form>
  </section>`
}

interface MePage {
  readonly user: string
  readonly avatar: string | null
  readonly refused?: string
}

export function mePage({ user, avatar, refused }: MePage): Html {
  return html`<section class="narrow">
    <div class="me">
      ${face(user, avatar)}
      <div>
        <h1 dir="auto">${user}</h1>
        <p class="meta">You are signed in.</p>
      </div>
    </div>
    <form method="post" action="/me/avatar" enctype="multipart/form-data" class="stack card">
      <h2>Your picture</h2>
      ${refused !== undefined && html`<p class="refused" role="alert">${refused}</p>`}
      <label>
        <span>PNG, JPEG or WebP, up to 256 KB</span>
        <input type="file" name="avatar" required accept="image/png,image/jpeg,image/webp" />
      </label>
      <button>Hang it up</button>
    </form>
  </section>`
}
