import { describe, expect, test } from 'vitest'
import { playWindow } from '../../../snippets/multi-level/stale-window.ts'
import {
  staleMs,
  usualSettings,
  type WindowSettings,
} from '../../../snippets/multi-level/stale-story.ts'
import { withBug } from '../nginx/planted-bugs.ts'
import { laws, loadLevels } from './laws.ts'
import { levelBugs } from './level-bugs.ts'

const snippets = new URL('../../../snippets/', import.meta.url).href
const ours = await loadLevels((module) => import(/* @vite-ignore */ `${snippets}${module}`))

describe('levels, what each has to do, and how long the old is seen', () => {
  test.each(Object.entries(laws))('%s', (_, law) => law(ours))

  test.each(levelBugs)('found: $name', async ({ breaks, ...bug }) => {
    const wrong = await withBug(bug, loadLevels)
    expect(() => laws[breaks](wrong)).toThrow()
  })
})

const cases: readonly (readonly [string, Partial<WindowSettings>, number, number])[] = [
  ['far first: only as long as the message is on its way', {}, 0, 5],
  ['no process cache: not at all', { hasProcess: false }, 0, 0],
  ['near first: the groups fetch the old one back', { order: 'near-first' }, 5980, 5980],
  ['a late message', { message: 'late' }, 0, 400],
  ['a lost message: the process’s own time', { message: 'lost' }, 0, 1840],
  ['a group that missed it: its own time', { group: 'missed' }, 3340, 3340],
  ['a slow reader puts the main level’s back', { slow: 'from-main' }, 6440, 6440],
  ['… or the database’s, into all levels', { slow: 'from-database' }, 12_440, 12_440],
  ['… and is refused', { slow: 'from-database', fill: 'fenced' }, 0, 5],
  ['nobody is told: what is left at the main level', { order: 'nobody' }, 11_000, 11_000],
  ['nobody is told, each its own time', { order: 'nobody', ttl: 'own' }, 18_800, 17_900],
]
test.each(cases)('%s', (_, set, web1, web2) => {
  const story = playWindow({ ...usualSettings, ...set })
  expect([staleMs(story, 'web1'), staleMs(story, 'web2')]).toEqual([web1, web2])
})
