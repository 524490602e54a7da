import { describe, expect, test } from 'vitest'
import { createMemorySessions } from '../../../labs/teahouse/memory/sessions.ts'
import type { Sessions } from '../../../labs/teahouse/ports.ts'
import { openHouse } from './open-house.ts'

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])

const upload = (bytes: Uint8Array<ArrayBuffer>, name = 'me.png', type = 'image/png') => {
  const form = new FormData()
  form.set('avatar', new File([bytes], name, { type }))
  return form
}

describe('sessions', () => {
  test('the cookie names the server that made the session, and scripts can’t read it', async () => {
    const answer = await openHouse().post('/signin', { name: 'Lin' })
    expect(answer.headers.get('set-cookie')).toBe(
      'teahouse_session=web1.id1; Path=/; HttpOnly; SameSite=Lax',
    )
  })

  test('a session in one server’s memory means nothing to another server', async () => {
    const cookie = await openHouse({ name: 'web1' }).signIn('Lin')
    const web2 = openHouse({ name: 'web2' })
    expect(await (await web2.ask('/whoami', cookie)).json()).toMatchObject({ user: null })
    const answer = await web2.post('/topics/3/replies', { body: 'Hello' }, cookie)
    expect(await answer.text()).toContain('web2 doesn’t know you')
  })

  test('sessions in a shared place are known to every server', async () => {
    const sessions = createMemorySessions({ clock: () => 0 })
    const cookie = await openHouse({ name: 'web1', sessions }).signIn('Lin')
    const web2 = openHouse({ name: 'web2', sessions })
    expect(await (await web2.ask('/whoami', cookie)).json()).toMatchObject({ user: 'Lin' })
  })

  test('signing out ends the session on the server, not only in the browser', async () => {
    const { ask, post, signIn } = openHouse()
    const cookie = await signIn('Lin')
    const answer = await post('/signout', {}, cookie)
    expect(answer.headers.get('set-cookie')).toContain('Max-Age=0')
    expect((await ask('/me', cookie)).headers.get('location')).toBe('/signin')
  })

  test('a session ends after a day', async () => {
    const { ask, pass, signIn } = openHouse()
    const cookie = await signIn('Lin')
    pass(24 * 3_600_000)
    expect((await ask('/me', cookie)).status).toBe(303)
  })

  test('when sessions can’t be read, everyone is a stranger and may still read', async () => {
    const away = () => Promise.reject(new Error('away'))
    const sessions: Sessions = { get: away, set: away, delete: away }
    const { ask, post } = openHouse({ sessions })
    expect((await ask('/', { cookie: 'teahouse_session=web1.id1' })).status).toBe(200)
    expect((await post('/signin', { name: 'Lin' })).status).toBe(503)
  })

  test('a page that greets someone is for nobody else’s cache', async () => {
    const { ask, signIn } = openHouse()
    const cookie = await signIn('Lin')
    expect((await ask('/', cookie)).headers.get('cache-control')).toBe('private, no-store')
    const anonymous = await ask('/')
    expect(anonymous.headers.get('cache-control')).toBeNull()
    expect(anonymous.headers.get('vary')).toBe('cookie, accept-language')
  })
})

describe('names', () => {
  test.each(['Lin', '小林', 'Old Chen', 'a', 'José-María', 'x_1', 'x'.repeat(32)])(
    'a name may be %s',
    async (name) => {
      const { ask, signIn } = openHouse()
      const me = await (await ask('/me', await signIn(name))).text()
      expect(me).toContain(`<h1 dir="auto">${name}</h1>`)
    },
  )

  test.each(['', ' ', '../etc', 'a/b', '.hidden', '-x', '<b>', 'x'.repeat(33)])(
    'a name may not be %j',
    async (name) => {
      const answer = await openHouse().post('/signin', { name })
      expect(answer.status).toBe(422)
      expect(answer.headers.get('set-cookie')).toBeNull()
    },
  )

  test('signing in leads to the topic you came from, and never to another site', async () => {
    const to = async (next: string) =>
      (await openHouse().post('/signin', { name: 'Lin', next })).headers.get('location')
    expect(await to('/topics/3')).toBe('/topics/3')
    expect(await to('//evil.test')).toBe('/')
    expect(await to('https://evil.test')).toBe('/')
  })
})

describe('avatars', () => {
  test('an uploaded picture comes back byte for byte, with the type that its bytes say', async () => {
    const { ask, post, signIn } = openHouse()
    const cookie = await signIn('小林')
    expect((await post('/me/avatar', upload(png, 'x.txt', 'text/plain'), cookie)).status).toBe(303)
    const answer = await ask(`/avatars/${encodeURIComponent('小林')}`)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(png)
    expect(await (await ask('/me', cookie)).text()).toContain('/avatars/%E5%B0%8F%E6%9E%97?v=')
  })

  test('whoever has the picture already is sent a 304 and no bytes', async () => {
    const { ask, post, signIn } = openHouse()
    await post('/me/avatar', upload(png), await signIn('Lin'))
    const etag = (await ask('/avatars/Lin')).headers.get('etag') ?? ''
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const answer = await ask('/avatars/Lin', { 'if-none-match': known })
      expect([answer.status, await answer.text()]).toEqual([304, ''])
    }
    expect((await ask('/avatars/Lin', { 'if-none-match': '"other"' })).status).toBe(200)
  })

  test('a page of HTML is no picture, whatever its name and its sender say', async () => {
    const { post, signIn } = openHouse()
    const html = new TextEncoder().encode('<script>alert(1)</script>')
    expect((await post('/me/avatar', upload(html), await signIn('Lin'))).status).toBe(415)
  })

  test('a picture of 256 KB is taken, and one byte more is not', async () => {
    const { post, signIn } = openHouse()
    const cookie = await signIn('Lin')
    const sized = (size: number) => {
      const bytes = new Uint8Array(size)
      bytes.set(png)
      return upload(bytes)
    }
    expect((await post('/me/avatar', sized(256 * 1024), cookie)).status).toBe(303)
    expect((await post('/me/avatar', sized(256 * 1024 + 1), cookie)).status).toBe(413)
    expect((await post('/me/avatar', sized(400 * 1024), cookie)).status).toBe(413)
  })

  test('a form without a picture is refused', async () => {
    const { post, signIn } = openHouse()
    expect((await post('/me/avatar', new FormData(), await signIn('Lin'))).status).toBe(422)
  })

  test('only who is signed in may hang up a picture', async () => {
    const answer = await openHouse().post('/me/avatar', upload(png))
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/signin'])
  })

  test('a picture that nobody hung up is a 404', async () => {
    expect((await openHouse().ask('/avatars/nobody')).status).toBe(404)
  })
})
