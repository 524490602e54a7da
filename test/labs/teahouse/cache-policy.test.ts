import { describe, expect, test } from 'vitest'
import type { Exchange } from '../../../labs/teahouse/ports.ts'
import { openHouse } from './open-house.ts'

/** A house whose policy writes down what it was asked. */
function watched(headers: Record<string, string> = {}) {
  const seen: Exchange[] = []
  const house = openHouse({
    cachePolicy: (exchange) => {
      seen.push(exchange)
      return headers
    },
  })
  return { ...house, seen }
}

describe('a cache policy', () => {
  test('is told what it has to judge: whose page it is, and how it went', async () => {
    const { ask, signIn, seen } = watched()
    const { cookie } = await signIn('Mei')
    await ask('/topics/1?utm_source=x', { cookie })
    await ask('/topics/999')
    expect(seen.at(-2)).toMatchObject({
      method: 'GET',
      path: '/topics/1',
      status: 200,
      user: 'Mei',
      setsCookie: false,
    })
    expect(seen.at(-1)).toMatchObject({ path: '/topics/999', status: 404, user: undefined })
  })

  test('sees the cookie that an answer gives away', async () => {
    const { ask, post, seen } = watched()
    await ask('/cup')
    await post('/signin', { name: 'Mei' })
    expect(seen.map(({ setsCookie }) => setsCookie)).toEqual([true, true])
  })

  test('has the last word, and leaves what it does not name', async () => {
    const { ask } = watched({ 'Cache-Control': 'public, s-maxage=5' })
    const { headers } = await ask('/')
    expect(headers.get('cache-control')).toBe('public, s-maxage=5')
    expect(headers.get('vary')).toBe('cookie, accept-language')
    expect((await ask('/nowhere')).headers.get('cache-control')).toBe('public, s-maxage=5')
  })

  test('that throws costs no page, but nobody may keep it', async () => {
    const reported: unknown[] = []
    const { ask } = openHouse({
      cachePolicy: () => {
        throw new Error('spilled')
      },
      report: (error) => reported.push(error),
    })
    const answer = await ask('/')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(String(reported[0])).toContain('spilled')
  })
})

describe('whose page it is', () => {
  test('a program may say it with Authorization instead of a cookie', async () => {
    const { ask, signIn } = openHouse()
    const session = (await signIn('Mei')).cookie.split('=')[1]!
    const page = await ask('/', { authorization: `Bearer ${session}` })
    expect(await page.text()).toContain('>Mei</a>')
    expect(page.headers.get('cache-control')).toBe('private, no-store')
    const stranger = await ask('/', { authorization: 'Bearer web1.nobody' })
    expect(await stranger.text()).not.toContain('class="you"')
  })

  test('a cup is given once, and known again', async () => {
    const { ask } = openHouse()
    const first = await ask('/cup')
    const cookie = first.headers.get('set-cookie')!.split(';')[0]!
    expect(cookie).toBe('teahouse_cup=id1')
    const again = await ask('/cup', { cookie })
    expect(again.headers.get('set-cookie')).toBeNull()
    expect(await again.text()).toContain('<b id="cup">id1</b>')
    const other = await ask('/cup')
    expect(await other.text()).toContain('<b id="cup">id2</b>')
  })

  test('what a visitor claims as a cup stays text', async () => {
    const { ask } = openHouse()
    const page = await ask('/cup', { cookie: 'teahouse_cup=<script>' })
    expect(await page.text()).not.toContain('<script>')
  })
})
