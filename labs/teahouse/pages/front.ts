import { html } from 'hono/html'
import type { Front, TopicSummary } from '../ports.ts'
import type { Html } from './layout.ts'
import { ago, countOf, face } from './pieces.ts'

interface FrontPage {
  readonly front: Front | undefined
  readonly user: string | undefined
  readonly now: number
  /** A topic that was refused, to be mended. */
  readonly draft?: { readonly title: string; readonly body: string }
}

const row = (topic: TopicSummary, now: number) =>
  html`<li class="topic">
    ${face(topic.author, null)}
    <div>
      <h2><a href="/topics/${topic.id}" dir="auto">${topic.title}</a></h2>
      <p class="meta">
        <span dir="auto">${topic.author}</span>
        ${
          topic.lastReplyAt === null
            ? html`<span>asked ${ago(topic.createdAt, now)}</span>`
            : html`<span>last reply ${ago(topic.lastReplyAt, now)}</span>`
        }
      </p>
    </div>
    <p class="count"><b>${topic.replies}</b> ${topic.replies === 1 ? 'reply' : 'replies'}</p>
  </li>`

const newest = (topics: readonly TopicSummary[], now: number) =>
  html`<section class="card">
    <h2>Just sat down</h2>
    <ul class="newest">
      ${topics.map(
        (topic) =>
          html`<li>
            <a href="/topics/${topic.id}" dir="auto">${topic.title}</a>
            <span class="meta"
              >${ago(topic.createdAt, now)}, ${countOf(topic.replies, 'reply', 'replies')}</span
            >
          </li>`,
      )}
    </ul>
  </section>`

const start = (user: string | undefined, draft: FrontPage['draft']) =>
  user === undefined
    ? html`<section class="card">
        <h2>Start a topic</h2>
        <p>Tell us your name, and a chair is yours.</p>
        <p><a class="button" href="/signin">Sign in</a></p>
      </section>`
    : html`<section class="card">
        <h2>Start a topic</h2>
        <form method="post" action="/topics" class="stack">
          ${draft && html`<p class="refused" role="alert">A topic needs a title of 3 to 120 characters, and a text of at most 4000.</p>`}
          <label>
            <span>Title</span>
            <input name="title" required maxlength="120" value="${draft?.title ?? ''}" />
          </label>
          <label>
            <span>Text</span>
            <textarea name="body" rows="4" required maxlength="4000">${draft?.body ?? ''}</textarea>
          </label>
          <button>Pour</button>
        </form>
      </section>`

export function frontPage({ front, user, now, draft }: FrontPage): Html {
  return html`<div class="room">
    <section class="tables">
      <h1>The ten busiest tables</h1>
      <p class="lead">Sit down anywhere. The kettle is on.</p>
      <ol class="topics">
        ${front?.top.map((topic) => row(topic, now))}
      </ol>
    </section>
    <aside>${newest(front?.newest ?? [], now)} ${start(user, draft)}</aside>
  </div>`
}
