import { expect, test } from 'vitest'
import { say } from '../say.ts'
import { decide, lifetime, mayServeStale, mayStore } from './starter.ts'
import type { Directives, Response } from './starter.ts'

/** A page of status 200, new, asked for by anybody. */
const page = (control: Directives, more: Partial<Response> = {}): Response => ({
  ...{ status: 200, control, age: 0, wasAuthorized: false },
  ...more,
})
const minute = { 'max-age': 60 }

test(say('a public page with a lifetime may be stored', '写明寿命的公开页面可以存'), () => {
  expect(mayStore(page(minute))).toBe(true)
  expect(mayStore(page({ 's-maxage': 60 }))).toBe(true)
  expect(mayStore(page(minute, { status: 404 }))).toBe(true)
})

test(say('private and no-store never are', 'private 和 no-store 一律不存'), () => {
  expect(mayStore(page({ ...minute, private: true }))).toBe(false)
  expect(mayStore(page({ ...minute, 'no-store': true }))).toBe(false)
})

test(
  say('no-cache may be stored: it only has to be asked about', 'no-cache 可以存，只是每次要先问'),
  () => {
    const asked = page({ ...minute, 'no-cache': true })
    expect(mayStore(asked)).toBe(true)
    expect(decide(asked, 1, 'well')).toBe('ask')
  },
)

// A 200 without a lifetime, or a 500 with one: RFC 9111 §3 allows both and asks for neither.
test(
  say(
    'without a lifetime, only what a cache may guess about is stored',
    '没说寿命的，只有允许估计的状态码才可以存',
  ),
  () => {
    expect(mayStore(page({}, { status: 302 }))).toBe(false)
    expect(mayStore(page({}, { status: 403 }))).toBe(false)
    expect(mayStore(page({}, { status: 500 }))).toBe(false)
  },
)

test(say('a part of a page is not kept as the page', '只有一部分的响应不能当整页存'), () => {
  expect(mayStore(page(minute, { status: 206 }))).toBe(false)
})

test(
  say('what one reader was given by name stays with that reader', '带身份要来的，只属于那个人'),
  () => {
    const named = { wasAuthorized: true }
    expect(mayStore(page(minute, named))).toBe(false)
    expect(mayStore(page({ ...minute, public: true }, named))).toBe(true)
    expect(mayStore(page({ ...minute, 'must-revalidate': true }, named))).toBe(true)
    expect(mayStore(page({ 's-maxage': 60 }, named))).toBe(true)
  },
)

test(
  say('s-maxage is meant for you, and goes before max-age', 's-maxage 是说给你的，先于 max-age'),
  () => {
    expect(lifetime(page({ 'max-age': 60 }))).toBe(60)
    expect(lifetime(page({ 'max-age': 60, 's-maxage': 10 }))).toBe(10)
    expect(lifetime(page({ 'max-age': 60, 's-maxage': 0 }))).toBe(0)
    expect(lifetime(page({}))).toBe(0)
  },
)

test(say('a page is fresh for less than its lifetime, not longer', '年龄小于寿命才算新鲜'), () => {
  expect(decide(page(minute), 0, 'well')).toBe('use')
  expect(decide(page(minute), 59, 'well')).toBe('use')
  expect(decide(page(minute), 60, 'well')).toBe('ask')
})

test(say('its age on arrival counts', '到达时的年龄也算数'), () => {
  const old = page(minute, { age: 50 })
  expect(decide(old, 9, 'well')).toBe('use')
  expect(decide(old, 10, 'well')).toBe('ask')
})

test(
  say('stale while it is fetched anew, for so many seconds', '更新期间可以给旧的，但有限时'),
  () => {
    const patient = page({ 'max-age': 60, 'stale-while-revalidate': 30 })
    expect(mayServeStale(patient, 30, 'well')).toBe(true)
    expect(mayServeStale(patient, 31, 'well')).toBe(false)
    expect(decide(patient, 75, 'well')).toBe('use-and-refresh')
    expect(decide(patient, 95, 'well')).toBe('ask')
  },
)

test(
  say('stale while the origin fails is another promise', '源站出错时给旧的，是另一个许可'),
  () => {
    const sturdy = page({ 'max-age': 60, 'stale-if-error': 600 })
    expect(mayServeStale(sturdy, 500, 'failing')).toBe(true)
    expect(mayServeStale(sturdy, 500, 'well')).toBe(false)
    // stale-while-revalidate while the origin fails: RFC 5861 §3 allows it, §4 does not need it.
    expect(decide(sturdy, 100, 'failing')).toBe('use-and-refresh')
  },
)

test(
  say('never stale: must-revalidate, proxy-revalidate, s-maxage, no-cache', '这四个都禁止给旧的'),
  () => {
    const both = { 'stale-while-revalidate': 600, 'stale-if-error': 600 }
    for (const word of ['must-revalidate', 'proxy-revalidate'])
      expect(mayServeStale(page({ ...minute, ...both, [word]: true }), 5, 'failing')).toBe(false)
    // To a shared cache s-maxage means "when stale, ask first" as well.
    expect(mayServeStale(page({ 's-maxage': 60, ...both }), 5, 'well')).toBe(false)
    expect(decide(page({ ...minute, ...both, 'no-cache': true }), 5, 'failing')).toBe('ask')
  },
)
