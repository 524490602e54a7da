import { describe, expect, test } from 'vitest'
import { withBug } from '../nginx/planted-bugs.ts'
import { failoverBugs } from './failover-bugs.ts'
import { failoverLaws, loadFailover } from './failover-laws.ts'

const snippets = new URL('../../../snippets/', import.meta.url).href
const ours = await loadFailover((module) => import(/* @vite-ignore */ `${snippets}${module}`))

describe('a whole failover', () => {
  test.each(Object.entries(failoverLaws))('%s', (_, law) => law(ours))

  test.each(failoverBugs)('found: $name', async ({ breaks, ...bug }) => {
    const wrong = await withBug(bug, loadFailover)
    expect(() => failoverLaws[breaks](wrong)).toThrow()
  })
})
