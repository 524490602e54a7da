import { refusedByNginx } from './config-error.ts'
import type { Directive } from './directives.ts'
import { toBytes } from './normalise-uri.ts'
import { compilePattern } from './pattern.ts'

interface Common {
  /** As written, modifier and all: `^~ /public/`. */
  readonly title: string
  /** What stands behind the modifier. */
  readonly name: string
  readonly line: number
  readonly lastLine: number
  readonly nested: readonly Location[]
}

/** https://nginx.org/en/docs/http/ngx_http_core_module.html#location */
export type Location =
  | (Common & { readonly kind: 'exact'; readonly bytes: string; readonly addsSlash: boolean })
  | (Common & {
      readonly kind: 'prefix'
      readonly bytes: string
      /** `^~`: when this is the longest prefix, this level's patterns are not asked. */
      readonly endsSearch: boolean
      /** A name with a slash at the end that is proxied: `/a` is sent to `/a/`. */
      readonly addsSlash: boolean
    })
  | (Common & { readonly kind: 'regex'; readonly pattern: RegExp })
  | (Common & { readonly kind: 'named' })

/** nginx's modifiers, alone or joined to the name: `= /a` and `=/a` are the same. */
const joined = /^(=|\^~|~\*|~|@)(.*)$/s

export function readLocation(
  directive: Directive,
  nested: readonly Location[],
  parent: Location | undefined,
): Location {
  const { args, line, lastLine } = directive
  const refuse = (text: string) => refusedByNginx(line, text)
  if (args.length < 1 || args.length > 2) throw refuse('invalid number of arguments in "location"')
  const [modifier, name] = args.length === 2 ? [args[0]!, args[1]!] : split(args[0]!)
  const title = args.join(' ')
  const common = { title, name, line, lastLine, nested }
  const location = withModifier(modifier)
  checkPlace(location, parent, refuse)
  return location

  function withModifier(sign: string): Location {
    const bytes = toBytes(name)
    const addsSlash = name.endsWith('/') && isProxied(directive)
    switch (sign) {
      case '=':
        return { ...common, kind: 'exact', bytes, addsSlash }
      case '':
        return { ...common, kind: 'prefix', bytes, endsSearch: false, addsSlash }
      case '^~':
        return { ...common, kind: 'prefix', bytes, endsSearch: true, addsSlash }
      case '~':
      case '~*':
        return { ...common, kind: 'regex', pattern: compilePattern(name, sign === '~*', line) }
      case '@':
        return { ...common, name: `@${name}`, kind: 'named' }
      default:
        throw refuse(`invalid location modifier "${sign}"`)
    }
  }
}

function split(text: string): readonly [modifier: string, name: string] {
  const [, modifier, name] = joined.exec(text) ?? []
  return modifier === undefined ? ['', text] : [modifier, name!]
}

/** https://nginx.org/en/docs/http/ngx_http_core_module.html#location, "a slash character" */
const isProxied = ({ block = [] }: Directive): boolean =>
  block.some(({ name }) => /^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_pass$/.test(name))

function checkPlace(
  location: Location,
  parent: Location | undefined,
  refuse: (text: string) => Error,
): void {
  if (!parent) return
  const [inner, outer] = [`location "${location.name}"`, `location "${parent.name}"`]
  if (parent.kind === 'exact') throw refuse(`${inner} cannot be inside the exact ${outer}`)
  if (parent.kind === 'named') throw refuse(`${inner} cannot be inside the named ${outer}`)
  if (location.kind === 'named') throw refuse(`named ${inner} can be on the server level only`)
  // Inside a pattern the same holds: the name must begin with the pattern's own text.
  if (location.kind !== 'regex' && !location.name.startsWith(parent.name))
    throw refuse(`${inner} is outside ${outer}`)
}

/** The same prefix twice, `^~` or not; the same exact name; the same @name. */
export function checkDuplicates(level: readonly Location[]): void {
  const seen = new Set<string>()
  for (const { kind, name, line } of level) {
    if (kind === 'regex') continue
    if (seen.has(`${kind} ${name}`)) throw refusedByNginx(line, `duplicate location "${name}"`)
    seen.add(`${kind} ${name}`)
  }
}
