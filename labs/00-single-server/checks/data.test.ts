import { expect, test } from 'vitest'
import { lab, say } from '#labs/kit'

const form = { 'content-type': 'application/x-www-form-urlencoded' }

test(
  say(
    'topics and pictures are there when both containers have been replaced',
    '两个容器都换成新的之后，帖子和头像还在',
  ),
  async () => {
    await lab.untilAnswered('/whoami')
    const cookie = await signIn()
    const title = `Kept at ${new Date().toISOString()}`
    const topic = await post('/topics', cookie, {
      headers: form,
      body: `title=${encodeURIComponent(title)}&body=Still+here%3F`,
    })
    await post('/me/avatar', cookie, picture)
    const { headers } = await lab.request('/avatars/Keeper')
    expect(headers['content-type'], say('the picture before', '替换前的头像')).toBe('image/webp')

    await lab.recreate('db', 'web')
    await lab.untilAnswered('/whoami')
    const page = await lab.request(topic)
    expect(page.status, say(`status of ${topic}`, `${topic} 的状态码`)).toBe(200)
    expect(page.body.includes(title), say('the topic is the same one', '还是原来那个帖子')).toBe(
      true,
    )
    const after = await lab.request('/avatars/Keeper')
    expect(after.status, say('status of the picture', '头像的状态码')).toBe(200)
  },
)

async function signIn(): Promise<string> {
  const options = { method: 'POST', headers: form, body: 'name=Keeper' }
  const { status, cookies } = await lab.request('/signin', options)
  const cookie = cookies.find((one) => one.startsWith('teahouse_session='))?.split(';')[0]
  expect(cookie, say(`cookie (status ${status})`, `cookie（状态码 ${status}）`)).toBeDefined()
  return cookie!
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

/** As a browser sends it. The forum knows a picture by its first bytes, and WebP's are plain text. */
const picture = {
  headers: { 'content-type': 'multipart/form-data; boundary=tea' },
  body: [
    '--tea',
    'Content-Disposition: form-data; name="avatar"; filename="keeper.webp"',
    'Content-Type: image/webp',
    '',
    'RIFF0000WEBP',
    '--tea--',
    '',
  ].join('\r\n'),
}
