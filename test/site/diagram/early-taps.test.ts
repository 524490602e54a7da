import { expect, test } from 'vitest'
import { keepTap, takeTap } from '../../../.vitepress/theme/diagram/early-taps.ts'

/** An element inside a server of this diagram, or of none. */
const inside = (server: string | undefined, diagram: object | null) => {
  const own = server && { dataset: { server }, closest: () => diagram }
  return { target: { closest: () => own ?? null } as unknown as EventTarget }
}

test('a tap on a server that cannot act yet is kept, and taken once', () => {
  const diagram = {}
  keepTap(inside('web1', diagram))
  expect(takeTap(diagram)).toBe('web1')
  expect(takeTap(diagram)).toBe(undefined)
})

test('an impatient second tap does not take the first one back', () => {
  const diagram = {}
  keepTap(inside('web1', diagram))
  keepTap(inside('web1', diagram))
  expect(takeTap(diagram)).toBe('web1')
})

test('each diagram has its own', () => {
  const [one, other] = [{}, {}]
  keepTap(inside('web1', one))
  expect(takeTap(other)).toBe(undefined)
  expect(takeTap(one)).toBe('web1')
})

test.each([
  ['beside every server', inside(undefined, {})],
  ['on nothing', { target: null }],
])('a tap %s is nobody’s', (_, event) => {
  expect(() => keepTap(event)).not.toThrow()
})
