import { expect, test } from 'vitest'
import { messages } from '../../../.vitepress/theme/home/messages.ts'
import { nextToRead } from '../../../.vitepress/theme/home/next-to-read.ts'
import type { Place } from '../../../.vitepress/theme/reading/place.ts'

const chapters = [
  { number: 0, slug: 'single-server', title: { en: 'A single server', zh: '一台服务器' } },
  { number: 1, slug: 'load-balancer', title: { en: 'One load balancer', zh: '一台负载均衡' } },
  { number: 2, slug: 'layer-four', title: { en: 'Layer four', zh: '第四层' } },
]
const section = { id: 'when-a-server-dies', title: 'When a server dies' }
const place: Place = { slug: 'load-balancer', section, language: 'en', isLast: false }
const read =
  (...slugs: readonly string[]) =>
  (slug: string) =>
    slugs.includes(slug)

test('who was nowhere starts with the first chapter', () => {
  expect(nextToRead(chapters, undefined, read(), 'en')).toEqual({
    kind: 'start',
    slug: 'single-server',
  })
})

test('who was somewhere goes on there, whatever has been read', () => {
  const there = {
    ...{ kind: 'place', slug: 'load-balancer', chapter: 'One load balancer' },
    section: { id: 'when-a-server-dies', title: 'When a server dies' },
  }
  expect(nextToRead(chapters, place, read(), 'en')).toEqual(there)
  expect(nextToRead(chapters, place, read('load-balancer'), 'en')).toEqual(there)
})

test('in the other language the section is the same, and its title is not told', () => {
  expect(nextToRead(chapters, place, read(), 'zh')).toEqual({
    ...{ kind: 'place', slug: 'load-balancer', chapter: '一台负载均衡' },
    section: { id: 'when-a-server-dies' },
  })
})

test('who has opened a chapter goes on with it from its beginning', () => {
  const top: Place = { slug: 'layer-four', language: 'en', isLast: false }
  expect(nextToRead(chapters, top, read(), 'en')).toEqual({
    ...{ kind: 'place', slug: 'layer-four', chapter: 'Layer four' },
  })
})

test('who was at the end of a chapter is offered the first that has not been read', () => {
  const end = { ...place, slug: 'single-server', isLast: true }
  expect(nextToRead(chapters, end, read('single-server'), 'en')).toEqual({
    kind: 'chapter',
    slug: 'load-balancer',
  })
})

test('who has read all may start again', () => {
  const end = { ...place, isLast: true }
  const all = read(...chapters.map(({ slug }) => slug))
  expect(nextToRead(chapters, end, all, 'en')).toEqual({ kind: 'start', slug: 'single-server' })
})

test('a chapter that is no more is no place', () => {
  const gone = { ...place, slug: 'gone' }
  expect(nextToRead(chapters, gone, read(), 'en').kind).toBe('start')
})

test('the link says where it leads', () => {
  expect(messages.en.goOnAt('One load balancer', 'When a server dies')).toBe(
    'Go on reading: One load balancer, When a server dies',
  )
  expect(messages.zh.goOnAt('一台负载均衡', '服务器死了')).toBe('接着读：一台负载均衡 · 服务器死了')
  expect(messages.zh.goOnAt('一台负载均衡')).toBe('接着读：一台负载均衡')
})
