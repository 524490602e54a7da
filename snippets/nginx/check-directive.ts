import { ConfigError, refusedByNginx, shortened, type Hint } from './config-error.ts'
import { isKnownIn, kindsOf, type Place } from './directive-kinds.ts'
import { isOfOtherModule } from './other-modules.ts'
import type { Token } from './tokens.ts'

/** The words up to a `;` or a `{`, as they were read. */
export interface Statement {
  readonly words: readonly Extract<Token, { kind: 'word' }>[]
  readonly end: { readonly kind: ';' | '{' | '}'; readonly line: number }
  readonly place: Place
}

/**
 * What nginx asks of each directive before it looks at its values, in nginx's order: is there one of
 * this name, may it stand here, does it end as it must, has it as many words as it takes?
 */
export function checkStatement(statement: Statement): ConfigError | undefined {
  const { words, end, place } = statement
  const [{ text: name }, ...args] = words as [Statement['words'][number], ...Statement['words']]
  if (place === 'anything') return undefined
  const swallowed = swallowedBy(statement)
  const refuse = (text: string, hint: Hint | undefined = swallowed) =>
    refusedByNginx(end.line, text, hint)
  if (place === 'pairs' || place === 'map') {
    if (end.kind === '{') return refuse('unexpected "{"')
    const isWhole =
      args.length === 1 || (args.length === 0 && /^(?:hostnames|volatile)$/.test(name))
    return place === 'map' && !isWhole ? refuse('invalid number of the map parameters') : undefined
  }
  const known = kindsOf(name)
  if (known.length === 0) {
    if (isOfOtherModule(name)) return undefined
    const hint: Hint | undefined = /^\d+(?:,\d*)?\}/.test(name)
      ? { kind: 'braces' }
      : (swallowed ?? gone[name])
    const problem = {
      kind: 'unknown-directive',
      text: shortened(name),
      ...(hint ? { hint } : {}),
    } as const
    return new ConfigError(end.line, problem)
  }
  const kind = known.find(({ isAllowedIn }) => isAllowedIn(place))
  if (!kind)
    return refuse(`"${name}" directive is not allowed here`, swallowed ?? belongs(name, place))
  if (kind.opensBlock && end.kind === ';') return refuse(`directive "${name}" has no opening "{"`)
  if (!kind.opensBlock && end.kind === '{')
    return refuse(`directive "${name}" is not terminated by ";"`)
  if (args.length < kind.fewest || args.length > kind.most)
    return refuse(`invalid number of arguments in "${name}" directive`)
  if (kind.isFlag && !/^(?:on|off)$/i.test(args[0]!.text))
    return refuse(
      `invalid value "${args[0]!.text}" in "${name}" directive, it must be "on" or "off"`,
    )
  return undefined
}

/** What many a configuration still has. https://nginx.org/en/CHANGES */
const gone: Readonly<Record<string, Hint>> = {
  ssl: { kind: 'gone', since: '1.25.1', text: 'listen … ssl' },
  limit_zone: { kind: 'gone', since: '1.7.6', text: 'limit_conn_zone' },
}

/** Pasted without what stands around it. */
function belongs(name: string, outer: Place): Hint | undefined {
  const inside = outer === 'http' ? (['server', 'location'] as const) : (['location'] as const)
  const place = inside.find((one) => isKnownIn(name, one))
  return place && /^(?:http|server)$/.test(outer) ? { kind: 'belongs', place } : undefined
}

/** A word that begins its line and could begin a directive here: the `;` before it was forgotten. */
export function swallowedBy({ words, place }: Omit<Statement, 'end'>): Hint | undefined {
  const found = words.find(
    ({ text, line, isQuoted }, index) =>
      index > 0 && !isQuoted && line > words[index - 1]!.line && isKnownIn(text, place),
  )
  return found && { kind: 'semicolon', line: found.line, word: found.text }
}
