import { type Mutation, type Place, replaced, swapped } from '../mutation.ts'
import { wrongWords } from './values.ts'

/** A word as it is written, quotes and all. */
export interface Word extends Place {
  readonly text: string
}

/** A directive, a command or a line, and what it encloses. */
export interface Statement extends Place {
  readonly words: readonly Word[]
  readonly block?: readonly Statement[]
}

/** A statement, and the blocks that it stands in, from the outside. */
export interface Within {
  readonly statement: Statement
  readonly scope: string
}

/** The mistakes that can be made in any language of statements and words. */
export function mutateStatements(
  text: string,
  statements: readonly Statement[],
): readonly Mutation[] {
  const all = within(statements, '')
  return [
    ...leftOut(text, all),
    ...all.flatMap((one) => withoutWords(text, one)),
    ...all.flatMap((one) => otherWords(text, one, all)),
    ...swaps(text, statements, ''),
  ]
}

export const leftOut = (text: string, all: readonly Within[]): readonly Mutation[] =>
  all.map(({ statement, scope }) =>
    replaced(text, statement, '', { kind: 'leave-out', scope, statement: headOf(statement) }),
  )

export function within(statements: readonly Statement[], scope: string): readonly Within[] {
  return statements.flatMap((statement) => [
    { statement, scope },
    ...within(statement.block ?? [], below(scope, statement)),
  ])
}

export const headOf = ({ words }: Statement) => words.map(({ text }) => text).join(' ')

const below = (scope: string, statement: Statement) =>
  scope === '' ? headOf(statement) : `${scope} > ${headOf(statement)}`

/** Each word behind the first, unless it is the only one, is left out. */
function withoutWords(text: string, { statement, scope }: Within): readonly Mutation[] {
  if (statement.words.length < 3) return []
  return statement.words
    .slice(1)
    .map((word) =>
      replaced(text, word, '', { kind: 'leave-out', scope, statement: headOf(statement) }),
    )
}

function otherWords(
  text: string,
  { statement, scope }: Within,
  all: readonly Within[],
): readonly Mutation[] {
  const [first] = statement.words
  const alike = all.filter((other) => other.statement.words[0]?.text === first?.text)
  return statement.words.flatMap((word, place) => {
    // A directive's own name is none of its values; a pattern or an address in its place is one.
    if (place === 0 && /^[a-z]\w*$/i.test(word.text)) return []
    const peers = alike.flatMap((other) => other.statement.words[place]?.text ?? [])
    return wrongWords(word.text, peers).map(({ kind, becomes }) =>
      replaced(text, word, becomes, { kind, scope, statement: headOf(statement) }),
    )
  })
}

/** Two neighbours of one name in each other's place: what comes first often decides. */
export function swaps(
  text: string,
  statements: readonly Statement[],
  scope: string,
): readonly Mutation[] {
  const pairs = statements.slice(1).flatMap((other, place): Mutation[] => {
    const one = statements[place]!
    if (one.words[0]?.text !== other.words[0]?.text) return []
    return [swapped(text, one, other, { scope, statement: headOf(one) })]
  })
  const inner = statements.flatMap((one) => swaps(text, one.block ?? [], below(scope, one)))
  return [...pairs, ...inner]
}
