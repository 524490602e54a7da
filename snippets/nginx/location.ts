import { refusedByNginx, type ConfigError } from './config-error.ts'
import type { Directive } from './directives.ts'
import type { OtherStep } from './other-steps.ts'
import { toBytes } from './normalise-uri.ts'
import { compilePattern, type Pattern } from './pattern/pattern.ts'

interface Common {
  /** As written, modifier and all: `^~ /public/`. */
  readonly title: string
  /** What stands behind the modifier. */
  readonly name: string
  readonly line: number
  readonly lastLine: number
  readonly nested: readonly Location[]
  /** What may send the request elsewhere once it has come here. */
  readonly after: readonly OtherStep[]
  /** The files that are looked for in a folder; none where no folder is served. */
  readonly index: readonly string[]
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
  | (Common & { readonly kind: 'regex'; readonly pattern: Pattern })
  | (Common & { readonly kind: 'named' })

/** nginx's modifiers joined to the name: `=/a` is `= /a`. Only `@` cannot stand alone. */
const joined = /^(=|\^~|~\*|~|@)(.*)$/s

export function readLocation(
  directive: Directive,
  inner: Pick<Common, 'nested' | 'after' | 'index'>,
  parent: Location | undefined,
): Location {
  const { args, line, lastLine, headLine } = directive
  const refuse = (text: string) => refusedByNginx(headLine, text)
  const [modifier, name] = args.length === 2 ? [args[0]!, args[1]!] : split(args[0]!)
  if (args.length === 2 && !/^(?:=|\^~|~\*?)$/.test(modifier))
    throw refuse(`invalid location modifier "${modifier}"`)
  const title = args.join(' ')
  const servesFiles = !isProxied(directive) && !answersItself(directive)
  const index = servesFiles ? inner.index : []
  const common = { title, name, line, lastLine, ...inner, index }
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
        return { ...common, kind: 'regex', pattern: compilePattern(name, sign === '~*', headLine) }
      default:
        return { ...common, name: `@${name}`, kind: 'named' }
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

const answersItself = ({ block = [] }: Directive): boolean =>
  block.some(({ name }) => /^(?:return|stub_status|empty_gif|flv|mp4)$/.test(name))

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

/** The same prefix twice, `^~` or not; the same exact name. Of the same `@name` nginx takes one. */
export function duplicates(level: readonly Location[]): readonly ConfigError[] {
  const seen = new Set<string>()
  return level.flatMap(({ kind, name, line, nested }) => {
    const id = `${kind} ${name}`
    const isTwice = (kind === 'exact' || kind === 'prefix') && seen.has(id)
    seen.add(id)
    return [
      ...(isTwice ? [refusedByNginx(line, `duplicate location "${name}"`)] : []),
      // What nginx never looks for, it does not compare either.
      ...(kind === 'regex' ? [] : duplicates(nested)),
    ]
  })
}
