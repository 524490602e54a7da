import { expect, test } from 'vitest'
import { highlight } from '../../../.vitepress/theme/playground/highlight.ts'

test('code keeps every sign, and its lines are counted', () => {
  const html = highlight('const a: A<B> = x && 1\n\n// done\n')
  expect(html.match(/class="line"/g)).toHaveLength(3)
  const text = html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
  expect(text.replaceAll('&amp;', '&')).toBe('const a: A<B> = x && 1\n\n// done')
})

test('keywords and comments have their inks', () => {
  expect(highlight('const a = 1 // one')).toMatch(/keyword">const<.*static">1<.*comment">\/\/ one</)
})
