import { describe, expect, test } from 'vitest'
import { withBug } from '../nginx/planted-bugs.ts'
import { asideBugs } from './aside-bugs.ts'
import { laws, loadModules } from './aside-laws.ts'
import { levelLaws } from './level-laws.ts'

const snippets = new URL('../../../snippets/', import.meta.url).href
const ours = await loadModules((module) => import(/* @vite-ignore */ `${snippets}${module}`))
const all = { ...laws, ...levelLaws }

describe('the cache beside the database', () => {
  test.each(Object.entries(laws))('%s', (_, law) => law(ours))
})

describe('levels of caches', () => {
  test.each(Object.entries(levelLaws))('%s', (_, law) => law(ours))
})

test.each(asideBugs)('found: $name', async ({ breaks, ...bug }) => {
  const wrong = await withBug(bug, loadModules)
  await expect(all[breaks](wrong)).rejects.toThrow()
})
