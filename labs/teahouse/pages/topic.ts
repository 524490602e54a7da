import { html } from 'hono/html'
import type { Post, Topic } from '../ports.ts'
import type { Html } from './layout.ts'
import { ago, countOf, face } from './pieces.ts'

interface TopicPage {
  readonly topic: Topic
  readonly user: string | undefined
  readonly now: number
  /** A reply that was refused, to be mended. */
  readonly draft?: string
}

const post = ({ author, avatar, body, createdAt }: Post, now: number) =>
  html`${face(author, avatar)}
    <div>
      <p class="meta"><b dir="auto">${author}</b> ${ago(createdAt, now)}</p>
      <p class="text" dir="auto">${body}</p>
    </div>`

// The text area's content stands directly between its tags: white space there would be the user's.
const replyForm = (topic: Topic, draft: string | undefined) =>
  html`<form method="post" action="/topics/${topic.id}/replies" class="stack card">
    <h2>Your reply</h2>
    ${draft !== undefined && html`<p class="refused" role="alert">A reply needs a text of at most 4000 characters.</p>`}
    <label>
      <span>Text</span>
      <textarea name="body" rows="4" required maxlength="4000">${draft ?? ''}</textarea>
    </label>
    <button>Reply</button>
  </form>`

const signInCard = ({ id }: Topic) =>
  html`<section class="card">
    <h2>Have your say</h2>
    <p>A name is enough.</p>
    <p><a class="button" href="/signin?next=/topics/${id}">Sign in to reply</a></p>
  </section>`

export function topicPage({ topic, user, now, draft }: TopicPage): Html {
  const earlier = topic.replies - topic.latest.length
  return html`<div class="room">
    <article class="thread">
      <p class="back"><a href="/">All tables</a></p>
      <h1 dir="auto">${topic.title}</h1>
      <section class="post opening">${post(topic.opening, now)}</section>
      <h2 class="replies">
        ${topic.replies === 0 ? 'No replies yet' : countOf(topic.replies, 'reply', 'replies')}
      </h2>
      ${earlier > 0 && html`<p class="meta">The latest ${topic.latest.length}; ${earlier} older ones are not shown.</p>`}
      <ol class="posts">
        ${topic.latest.map((reply) => html`<li class="post" id="reply-${reply.id}">${post(reply, now)}</li>`)}
      </ol>
    </article>
    <aside>${user === undefined ? signInCard(topic) : replyForm(topic, draft)}</aside>
  </div>`
}

/** Someone's session is gone; their words should not be. */
export const strangerNote = (text: string): Html =>
  html`${
      text &&
      html`<p>This is what you wrote, so that it isn’t lost:</p>
        <pre class="draft" dir="auto">${text}</pre>`
    }
    <p><a class="button" href="/signin">Sign in</a></p>`
