import { describe, expect, test } from 'vitest'
import {
  forgetPlace,
  loadPlace,
  type Place,
  placeKey,
  savePlace,
} from '../../../.vitepress/theme/reading/place.ts'
import type { Shelf } from '../../../.vitepress/theme/reading/progress-store.ts'

const place: Place = {
  slug: 'load-balancer',
  section: { id: 'when-a-server-dies', title: 'When a server dies' },
  language: 'en',
  isLast: false,
}

function shelf(kept: Record<string, string> = {}): Shelf {
  return {
    getItem: (key) => kept[key] ?? null,
    setItem: (key, value) => void (kept[key] = value),
    removeItem: (key) => void delete kept[key],
  }
}
const refuse = () => {
  throw new Error('SecurityError')
}
const forbidden: Shelf = { getItem: refuse, setItem: refuse, removeItem: refuse }

test('where one was is known again, until it is forgotten', () => {
  const own = shelf()
  expect(loadPlace(own)).toBeUndefined()
  savePlace(own, place)
  expect(loadPlace(own)).toEqual(place)
  forgetPlace(own)
  expect(loadPlace(own)).toBeUndefined()
})

test('before the first section, it is the chapter alone', () => {
  const own = shelf()
  const top: Place = { slug: 'one-redis', language: 'zh', isLast: false }
  savePlace(own, top)
  expect(loadPlace(own)).toEqual(top)
})

describe('what cannot be understood is no place', () => {
  test.each([
    '{',
    'null',
    '7',
    '{}',
    JSON.stringify({ ...place, slug: 7 }),
    JSON.stringify({ ...place, language: 'de' }),
    JSON.stringify({ ...place, isLast: undefined }),
    JSON.stringify({ ...place, section: { id: 'x' } }),
    JSON.stringify({ ...place, section: null }),
  ])('%s', (text) => expect(loadPlace(shelf({ [placeKey]: text }))).toBeUndefined())
})

test('a browser that keeps nothing is no reason to fail', () => {
  for (const own of [undefined, forbidden]) {
    expect(() => savePlace(own, place)).not.toThrow()
    expect(() => forgetPlace(own)).not.toThrow()
    expect(loadPlace(own)).toBeUndefined()
  }
})
