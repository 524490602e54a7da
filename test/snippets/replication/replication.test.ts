import { describe, expect, test } from 'vitest'
import { withBug } from '../nginx/planted-bugs.ts'
import { laws, loadReplication } from './laws.ts'
import { replicationBugs } from './replication-bugs.ts'

const snippets = new URL('../../../snippets/', import.meta.url).href
const ours = await loadReplication((module) => import(/* @vite-ignore */ `${snippets}${module}`))

describe('a master, its copies, and who elects whom', () => {
  test.each(Object.entries(laws))('%s', (_, law) => law(ours))

  test.each(replicationBugs)('found: $name', async ({ breaks, ...bug }) => {
    const wrong = await withBug(bug, loadReplication)
    expect(() => laws[breaks](wrong)).toThrow()
  })
})
