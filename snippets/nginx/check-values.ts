import { refusedByNginx, type ConfigError } from './config-error.ts'
import type { Statement } from './check-directive.ts'
import { swallowedBy } from './check-directive.ts'

/** Which words a directive takes that takes several, and what nginx says of another. */
interface Values {
  readonly names: RegExp
  /** Words before these are not read. */
  readonly from: number
  readonly words: RegExp
  readonly message: string
}

const time = '(?:\\d+(?:ms|[yMwdhms])?)+'
const whole = (source: string): RegExp => new RegExp(`^(?:${source})$`)

/**
 * Where a forgotten `;` would go unseen, since any number of words may follow: nginx looks at each of
 * them. What takes any word at all (`index`, `try_files`, `gzip_types`) is not here.
 */
const table: readonly Values[] = [
  {
    ...{ names: /^(?:error_log)$/, from: 1, message: 'invalid log level' },
    words: whole('debug\\w*|info|notice|warn|error|crit|alert|emerg'),
  },
  {
    ...{ names: /^access_log$/, from: 2, message: 'invalid parameter' },
    words: whole('buffer=.+|flush=.+|gzip(?:=\\d)?|if=.+'),
  },
  {
    names: /^add_(?:header|trailer)$/,
    from: 2,
    words: whole('always'),
    message: 'invalid parameter',
  },
  {
    ...{ names: /^\w+_param$/, from: 2, message: 'invalid parameter' },
    words: whole('if_not_empty'),
  },
  {
    ...{ names: /^rewrite$/, from: 2, message: 'invalid parameter' },
    words: whole('last|break|redirect|permanent'),
  },
  {
    ...{ names: /^\w+_next_upstream$/, from: 0, message: 'invalid value' },
    words: whole(
      'error|timeout|invalid_(?:header|response)|non_idempotent|updating|http_(?:403|404|429|50[0234])|denied|not_found|off',
    ),
  },
  {
    ...{ names: /^\w+_cache_use_stale$/, from: 0, message: 'invalid value' },
    words: whole('error|timeout|invalid_header|updating|http_(?:403|404|429|50[0234])|off'),
  },
  {
    ...{ names: /^\w+_ignore_headers$/, from: 0, message: 'invalid value' },
    words: whole(
      'X-Accel-(?:Redirect|Expires|Limit-Rate|Buffering|Charset)|Expires|Cache-Control|Set-Cookie|Vary',
    ),
  },
  {
    ...{ names: /^\w+_cache_methods$/, from: 0, message: 'invalid value' },
    words: whole('GET|HEAD|POST'),
  },
  {
    ...{ names: /^(?:\w+_)?ssl_protocols$/, from: 0, message: 'invalid value' },
    words: whole('SSLv[23]|TLSv1(?:\\.[123])?'),
  },
  {
    ...{ names: /^limit_req$/, from: 0, message: 'invalid parameter' },
    words: whole('zone=.+|burst=\\d+|delay=\\d+|nodelay'),
  },
  {
    ...{ names: /^limit_except$/, from: 0, message: 'invalid method' },
    words: whole(
      'GET|HEAD|POST|PUT|DELETE|MKCOL|COPY|MOVE|OPTIONS|PROPFIND|PROPPATCH|LOCK|UNLOCK|PATCH',
    ),
  },
  {
    ...{ names: /_cache_path$/, from: 1, message: 'invalid parameter' },
    words: whole(
      '(?:levels|use_temp_path|keys_zone|inactive|max_size|min_free|(?:manager|loader)_(?:files|sleep|threshold))=.+',
    ),
  },
  { names: /^keepalive_timeout$/, from: 0, words: whole(time), message: 'invalid value' },
]

export function checkValues(statement: Statement): ConfigError | undefined {
  const { words, end, place } = statement
  const [name = '', ...args] = words.map(({ text }) => text)
  const refuse = (text: string) => refusedByNginx(end.line, text, swallowedBy(statement))
  if (place === 'map' || place === 'pairs' || place === 'anything') return undefined
  if (name === 'access_log' && args[0] === 'off' && args.length > 1)
    return refuse(`invalid parameter "${args[1]}"`)
  if (name === 'if' && !isCondition(args))
    return refuse(`invalid condition "${args[0]!.replace(/^\(/, '')}"`)
  if (name === 'set' && !args[0]!.startsWith('$'))
    return refuse(`invalid variable name "${args[0]}"`)
  if (name === 'error_page') return refuseFirst(codesOf(args))
  if (name === 'expires' && args.length === 2 && args[0] !== 'modified')
    return refuse('invalid value')
  if (/_cache_valid$/.test(name)) {
    if (!whole(time).test(args.at(-1)!)) return refuse(`invalid time value "${args.at(-1)}"`)
    const wrong = args.slice(0, -1).find((code) => code !== 'any' && !isCode(code, 100))
    return wrong === undefined ? undefined : refuse(`invalid status "${wrong}"`)
  }
  const values = table.find(({ names }) => names.test(name))
  const wrong = values && args.slice(values.from).find((arg) => !values.words.test(arg))
  return wrong === undefined ? undefined : refuse(`${values!.message} "${wrong}"`)

  function refuseFirst(codes: readonly string[]): ConfigError | undefined {
    const bad = codes.find((code) => !isCode(code, 300))
    if (bad === undefined) return undefined
    return refuse(
      /^\d+$/.test(bad) ? `value "${bad}" must be between 300 and 599` : `invalid value "${bad}"`,
    )
  }
}

/** `error_page CODE… [=[CODE]] URI` */
const codesOf = (args: readonly string[]): readonly string[] =>
  args.slice(0, /^=\d*$/.test(args.at(-2) ?? '') ? -2 : -1)

const isCode = (text: string, least: number): boolean =>
  /^\d+$/.test(text) && Number(text) >= least && Number(text) <= 599

/** `($a)`, `($a = b)`, `(-f a)`; the parentheses may stand alone. */
function isCondition(args: readonly string[]): boolean {
  if (!args[0]!.startsWith('(') || !args.at(-1)!.endsWith(')')) return false
  const inside = args.join('\0').slice(1, -1)
  const [first = '', operator, ...more] = inside
    .split('\0')
    .filter((word, index, all) => word !== '' || (index > 0 && index < all.length - 1))
  if (operator === undefined) return first.startsWith('$') && first.length > 1
  if (/^!?-[fdex]$/.test(first)) return more.length === 0
  return first.startsWith('$') && /^(?:!?~\*?|!?=)$/.test(operator) && more.length === 1
}
