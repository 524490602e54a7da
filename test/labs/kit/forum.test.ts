import { expect, test } from 'vitest'
import { createDraw } from '../../../labs/kit/draw.ts'
import { as, drawVisits, greetedBy, membersOf } from '../../../labs/kit/forum.ts'

test('visits are of every kind, drawn anew for each seed', () => {
  const visits = drawVisits(createDraw(1))
  expect(new Set(visits.map(({ method = 'GET' }) => method))).toEqual(
    new Set(['GET', 'HEAD', 'POST']),
  )
  expect(visits).not.toEqual(drawVisits(createDraw(2)))
  expect(as('a=b', visits[0]!).headers).toMatchObject({ cookie: 'a=b' })
})

test('people sign in until each server has made a login', async () => {
  const turns = ['web1', 'web1', 'web2', 'web1', 'web3']
  const members = await membersOf(['web1', 'web2', 'web3'], (name) => {
    const cookie = `teahouse_session=${turns.shift()}.${name.length}`
    return Promise.resolve(cookie)
  })
  expect(members.map(({ name, server }) => `${name} ${server}`)).toEqual([
    'Guest 1 web1',
    'Guest 3 web2',
    'Guest 5 web3',
  ])
})

test('a server that makes none is given up, and so is a forum that lets nobody in', async () => {
  const always = (cookie?: string) => () => Promise.resolve(cookie)
  expect(await membersOf(['web1', 'web2'], always('teahouse_session=web1.7'))).toHaveLength(1)
  expect(await membersOf(['web1', 'web2'], always())).toEqual([])
})

test('a page greets whom it knows', () => {
  expect(greetedBy({ body: '<a class="you" href="/me" dir="auto">Lu Yu</a>' })).toBe('Lu Yu')
  expect(greetedBy({ body: '<a class="button quiet" href="/signin">' })).toBeUndefined()
})
