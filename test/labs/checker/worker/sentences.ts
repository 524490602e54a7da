import { describe, expect, test } from 'vitest'

describe('a room', () => {
  test('one holds', () => expect(1).toBe(1))
  test('one does not', ({ expect }) => expect(['tea']).toEqual(['coffee']))
})
test('one comes after it', () => expect.assertions(0))
