import type { Choice } from './prediction.ts'

/** A question as its chapter's Markdown has it. Texts are plain but for code in backticks. */
export interface Question {
  readonly id: string
  readonly text: string
  readonly choices: readonly (Choice & { readonly text: string })[]
}

export const questionsIn = (markdown: string): Question[] =>
  [...markdown.matchAll(/<Predict id="([^"]+)">([^]*?)<\/Predict>/g)].map(([, id, inside]) => {
    const [asked = ''] = inside!.split('<template #why>')
    return {
      id: id!,
      text: plain(asked.replace(choice, '').replace(quotedCode, '')),
      choices: [...asked.matchAll(choice)].map(([, right, reply, text]) => ({
        isRight: right !== undefined,
        ...(reply !== undefined && { reply }),
        text: plain(text!),
      })),
    }
  })

const choice = /<Choice( right)?(?: reply="([^"]*)")?>([^]*?)<\/Choice>/g
const quotedCode = /^<<<.*$|^```[^]*?^```$/gm

const plain = (markdown: string) =>
  markdown
    .split(/(`[^`]*`)/)
    .map((piece, place) => (place % 2 === 1 ? piece : withoutMarks(piece)))
    .join('')
    .replace(/\s+/g, ' ')
    .trim()

const withoutMarks = (text: string) =>
  text
    .replace(/<\/?code>/g, '`')
    .replace(/<[^>]*>/g, '')
    .replace(/\*\*|(?<!\w)_|_(?!\w)/g, '')
