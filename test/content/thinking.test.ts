import { describe, expect, test } from 'vitest'
import { questionsIn } from '../../.vitepress/theme/reading/questions.ts'
import { allPages } from './pages.ts'

/** So much is seen below a prediction that is still closed. */
const screenful = 700

const letters = (text: string) => text.replace(/[^\p{L}\p{N}.]/gu, '')

describe.each(allPages.filter(({ text }) => text.includes('<Predict')))('$lang $name', (page) => {
  const parts = page.text.split('</Predict>')
  const below = new Map(
    parts.slice(0, -1).map((part, place) => {
      const id = /<Predict id="([^"]+)">(?![^]*<Predict)/.exec(part)?.[1]
      return [id, parts[place + 1]!.split('<Predict')[0]!.slice(0, screenful)]
    }),
  )

  test('the right choice does not stand word for word just below its question', () => {
    const odd = questionsIn(page.text).filter(({ id, choices }) => {
      const right = letters(choices.find(({ isRight }) => isRight)!.text)
      return right.length > 5 && letters(below.get(id)!).includes(right)
    })
    expect(odd.map(({ id }) => id)).toEqual([])
  })

  test('nothing just below a question is a table of what happens in it', () => {
    const odd = questionsIn(page.text).filter(({ id }) =>
      below.get(id)!.trimStart().startsWith('|'),
    )
    expect(odd.map(({ id }) => id)).toEqual([])
  })
})
