import { type Mutation, type Place, replaced } from '../../mutation.ts'
import { headOf, type Statement, type Within } from '../statements.ts'

/** An `if` that holds always, never, or by one half of its condition only. */
export function wrongConditions(text: string, { statement, scope }: Within): readonly Mutation[] {
  const condition = conditionOf(statement)
  if (!condition) return []
  const what = { scope, statement: headOf(statement) }
  const inside = text.slice(condition.start, condition.end)
  const halves = / (?:&&|\|\|) /.test(inside) ? inside.split(/ (?:&&|\|\|) /) : []
  return [
    ...['true', 'false'].map((value) =>
      replaced(text, condition, value, { ...what, kind: 'flag' }),
    ),
    ...halves.map((half) => replaced(text, condition, half, { ...what, kind: 'leave-out' })),
  ]
}

/** Between the outer parentheses. */
function conditionOf({ words }: Statement): Place | undefined {
  const isIf = words.some(({ text }) => /^(?:if|elseif|elsif|elif)$/.test(text))
  const open = words.find(({ text }) => text === '(')
  const close = words.at(-1)
  return isIf && open && close ? { start: open.end, end: close.start } : undefined
}

/** A statement that is obeyed only for GET, or only for the front page. */
export function onlyForSome(text: string, { statement, scope }: Within): readonly Mutation[] {
  const [first] = statement.words
  if (!first || !/^(?:set|unset|call|return|hash_data)$/.test(first.text)) return []
  if (!scope.startsWith('sub ')) return []
  const request = scope.startsWith('sub vcl_backend') ? 'bereq' : 'req'
  const own = text.slice(statement.start, statement.end)
  const only = (kind: 'only-get' | 'only-front-page', when: string) =>
    replaced(text, statement, `if (${request}.${when}) { ${own} }`, {
      ...{ kind, scope, statement: headOf(statement) },
    })
  return [only('only-get', 'method == "GET"'), only('only-front-page', 'url == "/"')]
}
