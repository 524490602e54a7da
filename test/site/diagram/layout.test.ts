import { describe, expect, test } from 'vitest'
import { layoutOf, pointOn, type Layout } from '../../../.vitepress/theme/diagram/layout.ts'
import { fourTiers } from '../../../snippets/sim/stages/four-tiers.ts'
import { stages } from '../../../snippets/sim/stages/index.ts'

const cases = stages.flatMap((stage) =>
  (
    [
      ['wide', 'page'],
      ['wide', 'column'],
      ['narrow', 'column'],
    ] as const
  ).map(([shape, room]) => ({
    name: `${stage.slug}, ${shape} on a ${room}`,
    stage,
    layout: layoutOf(stage, shape, room),
  })),
)
const placeOf = (layout: Layout, id: string) => layout.places.find(({ node }) => node.id === id)!

describe.each(cases)('$name', ({ stage, layout }) => {
  test('every server stands inside the picture, with room for its label', () => {
    expect(layout.places.map(({ node }) => node.id).sort()).toEqual(
      stage.nodes.map(({ id }) => id).sort(),
    )
    for (const { x, y, node } of layout.places) {
      expect(x - layout.half).toBeGreaterThanOrEqual(0)
      expect(x + layout.half).toBeLessThanOrEqual(layout.width)
      expect(y - layout.half).toBeGreaterThanOrEqual(0)
      expect(y + layout.half + (node.note ? 38 : 24)).toBeLessThanOrEqual(layout.height)
    }
  })

  test('no two servers overlap, labels included', () => {
    for (const a of layout.places) {
      for (const b of layout.places) {
        if (a === b) continue
        const isApart =
          Math.abs(a.x - b.x) >= 2 * layout.half + 8 || Math.abs(a.y - b.y) >= 2 * layout.half + 38
        expect(isApart, `${a.node.id} and ${b.node.id}`).toBe(true)
      }
    }
  })

  test('whoever asks another has one line to it, from edge to edge', () => {
    const asked = new Set(
      stage.nodes.flatMap(({ id, calls }) =>
        calls.flatMap(({ to }) => to.map((peer) => `${id}>${peer}`)),
      ),
    )
    expect(layout.lines.map(({ from, to }) => `${from}>${to}`).sort()).toEqual([...asked].sort())
    for (const { from, to, curve } of layout.lines) {
      const [start, end] = [pointOn(curve, 0), pointOn(curve, 1)]
      const target = placeOf(layout, to)
      if (layout.shape === 'wide') {
        expect(start.x).toBe(placeOf(layout, from).x + layout.half)
        expect(end).toEqual({ x: target.x - layout.half, y: target.y })
      } else {
        expect(start.y).toBeGreaterThan(placeOf(layout, from).y + layout.half)
        expect(end).toEqual({ x: target.x, y: target.y - layout.half })
      }
    }
  })

  test('frames stay inside the picture and go round their own servers only', () => {
    for (const [index, frame] of layout.frames.entries()) {
      expect(frame.x).toBeGreaterThanOrEqual(0)
      expect(frame.x + frame.width).toBeLessThanOrEqual(layout.width)
      const inside = layout.places
        .filter(
          ({ x, y }) =>
            x > frame.x && x < frame.x + frame.width && y > frame.y && y < frame.y + frame.height,
        )
        .map(({ node }) => node.id)
      expect(inside.sort()).toEqual([...stage.groups[index]!.nodes].sort())
    }
  })
})

test.each(cases.filter(({ stage }) => stage.copies.length > 0))(
  '$name: what goes to a copy goes past the servers between',
  ({ stage, layout }) => {
    for (const [index, curve] of layout.copies.entries()) {
      const ends = Object.values(stage.copies[index]!)
      for (let step = 0; step <= 20; step++) {
        const { x, y } = pointOn(curve, step / 20)
        const under = layout.places.filter(
          (place) => Math.abs(place.x - x) < layout.half && Math.abs(place.y - y) < layout.half,
        )
        expect(under.map(({ node }) => node.id).filter((id) => !ends.includes(id))).toEqual([])
      }
    }
  },
)

test.each(stages)(
  '$slug stands side by side in a column of text, in letters of their own size',
  (stage) => {
    const { width } = layoutOf(stage, 'wide', 'column')
    expect(width).toBeLessThanOrEqual(640)
  },
)

test('a server that only stands by has a dotted line; one that is asked daily has not', () => {
  const { lines } = cases.find(({ name }) => name === 'four-tiers, wide on a page')!.layout
  const isStandby = (from: string, to: string) =>
    lines.find((line) => line.from === from && line.to === to)!.isStandby
  expect(isStandby('cdn', 'lvs2')).toBe(true)
  expect(isStandby('cdn', 'lvs1')).toBe(false)
  // The primary stands by for reads, but takes every write.
  expect(isStandby('web1', 'db1')).toBe(false)
})

test('the order of a server’s calls does not make a daily line dotted', () => {
  const nodes = fourTiers.nodes.map((node) => ({ ...node, calls: node.calls.toReversed() }))
  const { lines } = layoutOf({ ...fourTiers, nodes }, 'wide')
  expect(lines.find(({ from, to }) => from === 'web1' && to === 'db1')!.isStandby).toBe(false)
})
