import { type Mutation, type Mutator, replaced } from '../../mutation.ts'
import { headOf, leftOut, swaps, within, type Within } from '../statements.ts'
import { wrongWords } from '../values.ts'
import { onlyForSome, wrongConditions } from './conditions.ts'
import { readVcl } from './read.ts'

export const mutateVcl: Mutator = (text) => {
  const statements = readVcl(text)
  const all = within(statements, '').filter(({ statement }) => !isFrame(headOf(statement)))
  return [
    ...leftOut(text, all),
    ...all.flatMap((one) => otherValues(text, one)),
    ...all.flatMap((one) => wrongConditions(text, one)),
    ...all.flatMap((one) => onlyForSome(text, one)),
    ...swaps(text, statements, ''),
  ]
}

/** Without it no program is one. */
const isFrame = (head: string) => /^(?:vcl|import) /.test(head)

/** Strings, numbers and operators; another name would only be refused. */
const isValue = (word: string) => /^(?:"|\d|[!=<>]=$|!?~$|&&$|\|\|$|[<>]$|-?\d)/.test(word)

function otherValues(text: string, { statement, scope }: Within): readonly Mutation[] {
  return statement.words
    .filter((word) => isValue(word.text))
    .flatMap((word) =>
      wrongWords(word.text).map(({ kind, becomes }) =>
        replaced(text, word, becomes, { kind, scope, statement: headOf(statement) }),
      ),
    )
}
