import { describe, expect, test } from 'vitest'
import { type Question, questionsIn } from '../../.vitepress/theme/reading/questions.ts'
import { allPages, names, readPage } from './pages.ts'

const repliesOf = ({ choices }: Question) => choices.flatMap(({ reply }) => reply ?? [])

test('no two questions of the book are kept under one name', () => {
  const ids = names.flatMap((name) => questionsIn(readPage(name, 'en').text).map(({ id }) => id))
  expect(ids.length).toBeGreaterThan(50)
  expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([])
})

test('a question is read with its choices and what each is told', () => {
  const markdown = `
<Predict id="one">

Where is \`_x_\`, the _one_ that is **bold**?

<Choice reply="It tempts, and fails.">In <code>lo</code></Choice>
<Choice right>Nowhere.</Choice>

<template #why>

<Choice>none of these</Choice>

</template>
</Predict>`
  expect(questionsIn(markdown)).toEqual([
    {
      id: 'one',
      text: 'Where is `_x_`, the one that is bold?',
      choices: [
        { isRight: false, reply: 'It tempts, and fails.', text: 'In `lo`' },
        { isRight: true, text: 'Nowhere.' },
      ],
    },
  ])
})

describe.each(
  allPages
    .map((page) => ({ ...page, questions: questionsIn(page.text) }))
    .filter(({ questions }) => questions.length > 0),
)('$lang $name', ({ lang, text, questions }) => {
  test('every question is read', () => {
    expect(questions).toHaveLength(text.match(/<Predict\s/g)!.length)
    expect(questions.flatMap(({ choices }) => choices)).toHaveLength(
      text.match(/<Choice[\s>]/g)!.length,
    )
  })

  test('every question asks something, and one choice is right', () => {
    const odd = questions.filter(
      (one) => !one.text || one.choices.filter(({ isRight }) => isRight).length !== 1,
    )
    expect(odd.map(({ id }) => id)).toEqual([])
  })

  test('every wrong choice has a reply of its own, and the right one needs none', () => {
    const odd = questions.filter(({ choices }) =>
      choices.some(({ isRight, reply }) => isRight === (reply !== undefined)),
    )
    expect(odd.map(({ id }) => id)).toEqual([])
    const replies = questions.flatMap(repliesOf)
    expect(new Set(replies).size).toBe(replies.length)
  })

  test('a reply is one short sentence, with its code in pairs of backticks', () => {
    const longest = lang === 'zh' ? 70 : 180
    const odd = questions.flatMap(repliesOf).filter((reply) => {
      const words = reply.replace(/`[^`]*`/g, '')
      return (
        reply.length > longest || words.includes('`') || !/^[^.。?？]*[.。]$/.test(simple(words))
      )
    })
    expect(odd).toEqual([])
  })

  test.runIf(lang === 'zh')('a reply is written as Chinese is', () => {
    const odd = questions
      .flatMap(repliesOf)
      .filter(
        (reply) =>
          /[\u4e00-\u9fff][,;:?!]/.test(reply) ||
          /[\u4e00-\u9fff][A-Za-z0-9`]|[A-Za-z0-9`%][\u4e00-\u9fff]/.test(reply.replace(/%/g, '')),
      )
    expect(odd).toEqual([])
  })
})

/** Numbers and addresses have points of their own. */
const simple = (words: string) => words.replace(/\d+(?:\.\d+)+/g, '')
