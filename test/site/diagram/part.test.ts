import { expect, test } from 'vitest'
import { layoutOf } from '../../../.vitepress/theme/diagram/layout.ts'
import { partOf } from '../../../.vitepress/theme/diagram/part.ts'
import { stageBySlug } from '../../../snippets/sim/stages/index.ts'

test('of a stage those tiers are left, and the lines among them', () => {
  const { lines, places } = layoutOf(partOf(stageBySlug('one-redis'), ['app', 'data']), 'wide')
  expect(places.map(({ node }) => node.id)).toEqual(['web1', 'web2', 'redis', 'db'])
  expect(lines.map(({ from, to }) => `${from}>${to}`).sort()).toEqual([
    'web1>db',
    'web1>redis',
    'web2>db',
    'web2>redis',
  ])
})

test('a frame goes with its servers, and so does the line between two of them', () => {
  const framed = stageBySlug('single-server')
  expect(partOf(framed, ['app']).groups.flatMap(({ nodes }) => nodes)).toEqual(['web'])
  expect(partOf(framed, ['client']).groups).toEqual([])
  const copied = stageBySlug('four-tiers')
  expect(partOf(copied, ['app', 'data']).copies).toEqual(copied.copies)
  expect(partOf(copied, ['app']).copies).toEqual([])
})

test('nothing is marked as new: the large picture has said that', () =>
  expect(partOf(stageBySlug('one-redis'), ['data']).nodes.filter(({ isNew }) => isNew)).toEqual([]))
