import { describe, expect, test } from 'vitest'
import type { Front } from '../../../labs/teahouse/ports.ts'
import { openHouse } from './open-house.ts'

describe('pages', () => {
  test('the front page lists the ten topics with the most replies, the busiest first', async () => {
    const html = await (await openHouse().ask('/')).text()
    expect(html.match(/<li class="topic">/g)).toHaveLength(10)
    const counts = [...html.matchAll(/<b>(\d+)<\/b> repl/g)].map((match) => Number(match[1]))
    expect(counts[0]).toBe(9)
    expect(counts).toEqual(counts.toSorted((a, b) => b - a))
  })

  test('a topic page shows the opening and every reply, in the order they were written', async () => {
    const html = await (await openHouse().ask('/topics/14')).text()
    expect(html).toContain('My cat sleeps in the tea tray')
    expect(html).toContain('>You don’t. Buy a second tray.</p>')
  })

  test('of a very long topic only the latest hundred replies are shown', async () => {
    const { post, signIn, ask } = openHouse()
    const cookie = await signIn('Lin')
    for (let n = 1; n <= 100; n++) await post('/topics/14/replies', { body: `cup ${n}` }, cookie)
    const html = await (await ask('/topics/14')).text()
    expect(html.match(/id="reply-/g)).toHaveLength(100)
    expect(html).toContain('1 older ones are not shown')
  })

  test.each(['/topics/9999', '/topics/0', '/topics/1e3', '/nowhere', '/public/nothing.css'])(
    'what does not exist is a 404 with a page for people: %s',
    async (path) => {
      const answer = await openHouse().ask(path)
      expect(answer.status).toBe(404)
      expect(await answer.text()).toContain('<h1>')
    },
  )

  test('a page asks nothing of any other host', async () => {
    const html = await (await openHouse().ask('/')).text()
    expect(html).not.toMatch(/(?:src|href|action)="(?:https?:)?\/\//)
  })

  test('what users write is text, never markup', async () => {
    const { post, signIn, ask } = openHouse()
    const cookie = await signIn('Lin')
    const evil = '<script>alert("tea")</script>'
    await post('/topics', { title: `"><img src=x> & co`, body: evil }, cookie)
    await post('/topics/15/replies', { body: evil }, cookie)
    const pages = await Promise.all(
      [ask('/'), ask('/topics/15')].map(async (a) => (await a).text()),
    )
    for (const html of pages) {
      expect(html).not.toContain('<script')
      expect(html).not.toContain('<img src=x')
    }
    expect(pages[1]).toContain('&lt;script&gt;alert(&quot;tea&quot;)&lt;/script&gt;')
  })

  test('the text of a post keeps its own line breaks and gains none', async () => {
    const { post, signIn, ask } = openHouse()
    await post('/topics/14/replies', { body: 'one\r\ntwo' }, await signIn('Lin'))
    expect(await (await ask('/topics/14')).text()).toContain('dir="auto">one\ntwo</p>')
  })
})

describe('writing', () => {
  test('a reply leads back to itself, and is there', async () => {
    const { post, signIn, ask } = openHouse()
    const cookie = await signIn('Lin')
    const answer = await post('/topics/3/replies', { body: 'Both.' }, cookie)
    expect(answer.status).toBe(303)
    const [path, anchor] = (answer.headers.get('location') ?? '').split('#')
    expect(path).toBe('/topics/3')
    expect(await (await ask(path ?? '')).text()).toContain(`id="${anchor}"`)
  })

  test('a new topic has a page of its own, and stands first among the newest', async () => {
    const { post, signIn, ask } = openHouse()
    const cookie = await signIn('Lin')
    const answer = await post('/topics', { title: 'Oolong at noon', body: 'Yes?' }, cookie)
    expect(answer.headers.get('location')).toBe('/topics/15')
    const { newest } = (await (await ask('/api/topics.json')).json()) as Front
    expect(newest[0]).toMatchObject({ id: 15, title: 'Oolong at noon', replies: 0 })
  })

  test('a stranger may not write, and gets the words back instead of losing them', async () => {
    const answer = await openHouse().post('/topics/3/replies', { body: 'A long, careful reply' })
    expect(answer.status).toBe(401)
    expect(await answer.text()).toContain('A long, careful reply')
  })

  test('an empty reply or a nameless topic is refused, with the form filled in again', async () => {
    const { post, signIn } = openHouse()
    const cookie = await signIn('Lin')
    expect((await post('/topics/3/replies', { body: '  ' }, cookie)).status).toBe(422)
    const answer = await post('/topics', { title: '', body: 'kept' }, cookie)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('>kept</textarea>')
  })

  test('a reply to a topic that is not there is a 404', async () => {
    const { post, signIn } = openHouse()
    const answer = await post('/topics/9999/replies', { body: 'Hello?' }, await signIn('Lin'))
    expect(answer.status).toBe(404)
  })

  test('a form larger than its limit is a 413', async () => {
    const { post, signIn } = openHouse()
    const body = 'x'.repeat(70_000)
    expect((await post('/topics/3/replies', { body }, await signIn('Lin'))).status).toBe(413)
  })

  test('a body that is no form is refused like an empty form, not a server error', async () => {
    const { post, signIn } = openHouse()
    const headers = { ...(await signIn('Lin')), 'content-type': 'multipart/form-data' }
    expect((await post('/topics/3/replies', { body: 'x' }, headers)).status).toBe(422)
  })
})

describe('forms from elsewhere', () => {
  const from = async (origin: string, host: string) => {
    const headers = { origin, host }
    return (await openHouse().post('/signin', { name: 'Lin' }, headers)).status
  }

  test('a form from our own page is taken', async () => {
    expect(await from('http://tea.test:8080', 'tea.test:8080')).toBe(303)
    expect(await from('http://tea.test', 'tea.test:80')).toBe(303)
  })

  test('a form from another site is refused, and so is one from nowhere', async () => {
    expect(await from('http://evil.test', 'tea.test')).toBe(403)
    expect(await from('null', 'tea.test')).toBe(403)
  })

  test('a proxy that hides the Host breaks every form, and the page says why', async () => {
    const headers = { origin: 'http://localhost:8080', host: 'web_servers' }
    const answer = await openHouse().post('/signin', { name: 'Lin' }, headers)
    expect(answer.status).toBe(403)
    expect(await answer.text()).toMatch(/localhost:8080.*web_servers.*proxy/s)
  })

  test('a client without an Origin, such as curl, is no browser and may post', async () => {
    expect((await openHouse().post('/signin', { name: 'Lin' })).status).toBe(303)
  })
})
