import { describe, expect, test } from 'vitest'
import { allPages } from './pages.ts'

describe.each(allPages)('$lang $name', ({ text }) => {
  test('every column of a table has a name: who hears the page is told it with each cell', () => {
    const rows = text.split('\n')
    const heads = rows.filter((_, at) => /^\|(?: *:?-+:? *\|)+$/.test(rows[at + 1] ?? ''))
    expect(heads.filter((head) => /\| *\|/.test(head))).toEqual([])
  })
})
