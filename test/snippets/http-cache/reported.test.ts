import { describe, expect, test } from 'vitest'
import { exchange } from '../../../snippets/http-cache/exchange.ts'
import { dateOf } from '../../../snippets/http-cache/http-date.ts'
import type { CacheRequest, Headers } from '../../../snippets/http-cache/message.ts'
import { nginxCache } from '../../../snippets/http-cache/nginx-cache.ts'
import { nginxCacheDefaults } from '../../../snippets/http-cache/nginx-rules.ts'
import {
  emptyCache,
  type Asked,
  type CacheState,
  type SharedCache,
} from '../../../snippets/http-cache/shared-cache.ts'
import { varnish } from '../../../snippets/http-cache/varnish.ts'
import { varnishDefaults } from '../../../snippets/http-cache/varnish-rules.ts'

// What people reported in public, as small as it can be, with what nginx 1.26.3 and Varnish 7.7 did.

const start = Date.UTC(2026, 0, 1) / 1000
const plainNginx = nginxCache(nginxCacheDefaults)
const plainVarnish = varnish(varnishDefaults)
const page = (headers: Headers = {}, url = '/'): CacheRequest => ({ method: 'GET', url, headers })

/** What each request comes to; seconds after the start, and what the origin says then. */
function told(
  cache: SharedCache,
  steps: readonly (readonly [number, Headers, Headers?])[],
): readonly string[] {
  let state = emptyCache
  return steps.map(([atS, said, asked]) => {
    const now = exchange(
      ...([cache, state, page(asked)] as const),
      () => ({ kind: 'answer', status: 200, headers: said }),
      start + atS,
    )
    state = now.state
    return now.outcome
  })
}

describe('nginx', () => {
  test('a page that is asked for stays, however long `inactive` is', () => {
    const said = { 'cache-control': 'max-age=1200' }
    const times = [0, 300, 580, 640, 700] as const
    expect(
      told(
        plainNginx,
        times.map((atS) => [atS, said]),
      ),
    ).toEqual(['miss', 'hit', 'hit', 'hit', 'hit'])
    expect(
      told(plainNginx, [
        [0, said],
        [601, said],
      ]),
    ).toEqual(['miss', 'miss'])
  })

  const past = 'Wed, 11 Jan 1984 05:00:00 GMT'
  test.each([
    ['before Cache-Control', { 'x-accel-expires': '600', 'cache-control': 'no-cache, max-age=0' }],
    ['after Expires', { expires: past, 'x-accel-expires': '600', 'cache-control': 'no-cache' }],
  ])('X-Accel-Expires decides, %s', (_, said) =>
    expect(
      told(plainNginx, [
        [0, said],
        [1, said],
      ]),
    ).toEqual(['miss', 'hit']),
  )

  test('X-Accel-Expires: 0 is never stored', () => {
    const said = { 'x-accel-expires': '0', 'cache-control': 'max-age=600' }
    expect(
      told(plainNginx, [
        [0, said],
        [1, said],
      ]),
    ).toEqual(['miss', 'miss'])
  })

  describe('Expires beside `proxy_cache_valid 200 600s`', () => {
    const valid = nginxCache({ ...nginxCacheDefaults, valid: [{ codes: [200], seconds: 600 }] })

    test('in the past, it forbids', () =>
      expect(
        told(valid, [
          [0, { expires: past }],
          [1, { expires: past }],
        ]),
      ).toEqual(['miss', 'miss']))

    test('two seconds ahead, it is over after three', () =>
      expect(
        told(valid, [
          [0, { expires: dateOf(start + 2) }],
          [3, { expires: dateOf(start + 5) }],
        ]),
      ).toEqual(['miss', 'expired']))

    test('max-age beside it decides', () => {
      const said = { expires: dateOf(start - 60), 'cache-control': 'max-age=60' }
      expect(
        told(valid, [
          [0, said],
          [1, said],
        ]),
      ).toEqual(['miss', 'hit'])
    })
  })
})

describe('nginx’s lock', () => {
  const locked = nginxCache({ ...nginxCacheDefaults, lock: true })
  const patient = nginxCache({ ...nginxCacheDefaults, lock: true, lockAgeS: 60 })
  const said = { kind: 'answer', status: 200, headers: { 'cache-control': 'max-age=60' } } as const

  /** The first reader's fetch is on its way, and two more wait, who came one and two seconds later. */
  function threeReaders(cache: SharedCache): { readonly state: CacheState; readonly first: Asked } {
    const first = cache.ask(emptyCache, page(), 1, start)
    const second = cache.ask(first.state, page(), 2, start + 1)
    const third = cache.ask(second.state, page(), 3, start + 2)
    expect([first, second, third].map(({ outcome }) => outcome)).toEqual([
      ...['miss', 'waiting', 'waiting'],
    ])
    return { state: third.state, first }
  }

  test('who has waited five seconds goes alone, and what it gets is not stored', () => {
    const { state } = threeReaders(patient)
    expect(patient.impatient(state, start + 5.9).gone).toEqual([])
    const { gone, state: after } = patient.impatient(state, start + 6)
    expect(gone.map(({ waiting, fetch }) => [waiting.reader, fetch.mayStore])).toEqual([[2, false]])
    expect(after.waiting.map(({ reader }) => reader)).toEqual([3])
  })

  test('a fetch that takes five seconds loses the lock to one of those who wait', () => {
    const { state } = threeReaders(locked)
    expect(locked.impatient(state, start + 4.9).gone).toEqual([])
    const { gone } = locked.impatient(state, start + 5)
    expect(gone.map(({ waiting, fetch }) => [waiting.reader, fetch.mayStore])).toEqual([[2, true]])
  })

  test('an answer in time wakes all of them, and they hit', () => {
    const { state, first } = threeReaders(locked)
    const { woken, state: after } = locked.answered(state, first.fetch!, said, start + 4)
    expect(woken.map(({ reader }) => reader)).toEqual([2, 3])
    expect(locked.ask(after, page(), 2, start + 4).outcome).toBe('hit')
  })

  test('an expired page has no lock: both go', () => {
    const { state, fetch } = locked.ask(emptyCache, page(), 1, start)
    const short = { ...said, headers: { 'cache-control': 'max-age=1' } }
    const old = locked.answered(state, fetch!, short, start)
    const one = locked.ask(old.state, page(), 1, start + 3)
    expect([one.outcome, locked.ask(one.state, page(), 2, start + 3.5).outcome]).toEqual([
      ...['expired', 'expired'],
    ])
  })
})

describe('Varnish', () => {
  test('packed or not, it is one page', () => {
    const said = { 'cache-control': 'max-age=60', vary: 'Accept-Encoding' }
    expect(
      told(plainVarnish, [
        [0, said, { 'accept-encoding': 'gzip, deflate, br' }],
        [0.5, said, { 'accept-encoding': 'gzip' }],
        [1, said],
        [1.5, said, { 'accept-encoding': 'deflate' }],
      ]),
    ).toEqual(['miss', 'hit', 'hit', 'hit'])
  })

  test('beside Surrogate-Control, `private` does not count', () => {
    const said = {
      'cache-control': 'private, max-age=60',
      'surrogate-control': 'max-age=60',
    }
    expect(
      told(plainVarnish, [
        [0, said],
        [1, said],
      ]),
    ).toEqual(['miss', 'hit'])
  })

  test('Surrogate-Control: no-store is remembered as uncacheable', () => {
    const said = { 'cache-control': 'max-age=60', 'surrogate-control': 'no-store' }
    expect(
      told(plainVarnish, [
        [0, said],
        [1, said],
      ]),
    ).toEqual(['miss', 'hit-for-miss'])
  })
})
