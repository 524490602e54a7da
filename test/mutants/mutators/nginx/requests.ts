import { type Mutation, replaced } from '../../mutation.ts'
import { headOf, type Statement, within } from '../statements.ts'

/**
 * A directive that holds only for GET, or only for the front page: a location is written twice, the
 * second time without it; a map's variable has its value for these requests, and its default for others.
 */
export function onlyForSome(text: string, statements: readonly Statement[]): readonly Mutation[] {
  const all = within(statements, '')
  return all.flatMap(({ statement, scope }) => {
    const name = statement.words[0]?.text
    if (name === 'location' && headOf(statement) === 'location /')
      return ofLocation(text, statement, scope)
    return name === 'map' ? ofMap(text, statement, scope) : []
  })
}

function ofLocation(text: string, whole: Statement, scope: string): readonly Mutation[] {
  const body = (but?: Statement) =>
    (whole.block ?? [])
      .filter((one) => one !== but)
      .map(({ start, end }) => text.slice(start, end))
      .join('\n')
  return (whole.block ?? []).flatMap((but) => {
    const what = { scope: `${scope} > location /`, statement: headOf(but) }
    const front = `location = / { ${body()} }\nlocation / { ${body(but)} }`
    const get =
      `location / { error_page 418 = @others; if ($request_method != GET) { return 418; }\n` +
      `${body()} }\nlocation @others { ${body(but)} }`
    return [
      {
        ...replaced(text, whole, front, { ...what, kind: 'only-front-page' }),
        ...told(but, 'for /'),
      },
      { ...replaced(text, whole, get, { ...what, kind: 'only-get' }), ...told(but, 'for GET') },
    ]
  })
}

function ofMap(text: string, map: Statement, scope: string): readonly Mutation[] {
  const variable = map.words[2]
  const fallback = map.block?.find(({ words }) => words[0]?.text === 'default')?.words[1]?.text
  if (!variable || fallback === undefined) return []
  const inner = `${variable.text}_of_some`
  const renamed = text.slice(map.start, variable.start) + inner + text.slice(variable.end, map.end)
  const only = (by: string, value: string) =>
    `${renamed}\nmap ${by} ${variable.text} { ${value} ${inner}; default ${fallback}; }`
  const what = { scope, statement: headOf(map) }
  return [
    {
      ...replaced(text, map, only('$uri', '/'), { ...what, kind: 'only-front-page' }),
      ...told(map, 'for /'),
    },
    {
      ...replaced(text, map, only('$request_method', 'GET'), { ...what, kind: 'only-get' }),
      ...told(map, 'for GET'),
    },
  ]
}

const told = (statement: Statement, when: string) => ({
  was: headOf(statement),
  becomes: `${headOf(statement)} only ${when}`,
})
