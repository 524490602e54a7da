import { expect, test } from 'vitest'
import { createDraw, form, lab, pictureCalled, pictureForm, say } from '#labs/kit'

const draw = createDraw(2)
/** Names that nobody had before: what an earlier check has left behind proves nothing. */
const members = [`Keeper ${Date.now().toString(36)}`, `小林${Date.now().toString(36)}`]

test(
  say(
    'topics, replies and pictures are there when both containers have been replaced',
    '两个容器都换成新的之后，帖子、回复和头像还在',
  ),
  async () => {
    await lab.untilAnswered('/whoami')
    const pages: Kept[] = []
    for (const name of members) pages.push(...(await leaveBehind(name)))
    for (const one of pages) await judge(one, say('before', '替换前'))
    await lab.recreate('db', 'web')
    await lab.untilAnswered('/whoami')
    for (const one of pages) await judge(one, say('afterwards', '替换后'))
  },
)

/** A page, and what must stand on it. */
interface Kept {
  readonly path: string
  readonly text: string
}

async function leaveBehind(name: string): Promise<Kept[]> {
  const cookie = await lab.signIn(name)
  expect(cookie, say('the cookie after signing in', '登录后的 cookie')).toBeDefined()
  const title = `Kept ${draw.word(12)}`
  const words = draw.word(12)
  const topic = await post('/topics', cookie!, {
    headers: form,
    body: `title=${encodeURIComponent(title)}&body=Still+here%3F`,
  })
  const other = `/topics/${draw.one([1, 4, 7, 9])}`
  await post(`${other}/replies`, cookie!, { headers: form, body: `body=${words}` })
  const picture = draw.word(200)
  await post('/me/avatar', cookie!, pictureForm(picture))
  return [
    { path: topic, text: title },
    { path: other, text: words },
    { path: `/avatars/${encodeURIComponent(name)}`, text: pictureCalled(picture) },
  ]
}

async function judge({ path, text }: Kept, when: string): Promise<void> {
  const { status, body } = await lab.request(path)
  expect(status, say(`status of ${path}, ${when}`, `${path} 的状态码，${when}`)).toBe(200)
  expect(
    body.includes(text),
    say(`what was left at ${path} is there, ${when}`, `留在 ${path} 的东西还在，${when}`),
  ).toBe(true)
}

/** Where the forum leads to when it has taken what was sent. */
async function post(
  path: string,
  cookie: string,
  { headers, body }: { headers: Record<string, string>; body: string },
): Promise<string> {
  const options = { method: 'POST', headers: { ...headers, cookie }, body }
  const answer = await lab.request(path, options)
  expect(answer.status, say(`status of POST ${path}`, `POST ${path} 的状态码`)).toBe(303)
  return answer.headers.location ?? ''
}
