import { expect, test } from 'vitest'
import { cutBefore } from '../../../.vitepress/book/headings.ts'
import { shared } from '../../../.vitepress/theme/reading/minutes.ts'

const page = `---
title: Tea
---

# Tea

Hello.

## Green

\`\`\`md
## Black
\`\`\`

## \`Black\`, and red

Strong.
`

test('a page is cut before headings, and not in its code', () => {
  const [first, second, ...others] = cutBefore(page, ['black-and-red'])
  expect(first).toMatch(/^\n?# Tea[^]*## Black\n```\n\n$/)
  expect(second).toBe('## `Black`, and red\n\nStrong.\n')
  expect(others).toEqual([])
})

test('without a heading to cut at it stays whole', () =>
  expect(cutBefore(page, [])).toEqual([page.slice(page.indexOf('\n# Tea'))]))

test('minutes are shared out by words, and none has nothing', () =>
  expect(shared(30, ['a b c d e f g h i', 'a b c d e f g h i', 'a'])).toEqual([14, 14, 2]))
