import { ConfigError, refusedByNginx } from './config-error.ts'
import { compilePattern, type Pattern } from './pattern/pattern.ts'

/** https://nginx.org/en/docs/http/server_names.html */
export type ServerName = {
  /** As written. */
  readonly text: string
  readonly line: number
} & (
  | { readonly kind: 'exact'; readonly host: string }
  /** `*.example.org`; `.example.org` is that and example.org itself. */
  | { readonly kind: 'leading'; readonly suffix: string; readonly andItself: boolean }
  /** `www.example.*` */
  | { readonly kind: 'trailing'; readonly prefix: string }
  | { readonly kind: 'regex'; readonly pattern: Pattern; readonly hasCaptures: boolean }
  /** No name at all, but nginx looks only where servers are told apart by their names. */
  | { readonly kind: 'invalid' }
)

export function readServerName(text: string, line: number): ServerName {
  if (text === '$hostname')
    throw new ConfigError(line, { kind: 'not-modelled', text: 'server_name $hostname' })
  if (/^\*(?:$|.$|[^.])/s.test(text) || text === '.')
    throw refusedByNginx(line, `server name "${text}" is invalid`)
  if (text.startsWith('~')) return readPattern(text, line)
  const name = text.toLowerCase()
  const stars = name.split('*').length - 1
  if (name.includes('..') || stars > 1) return { text, line, kind: 'invalid' }
  if (/^\../.test(name)) return { text, line, kind: 'leading', suffix: name, andItself: true }
  if (/^\*\../.test(name))
    return { text, line, kind: 'leading', suffix: name.slice(1), andItself: false }
  if (/.\.\*$/.test(name)) return { text, line, kind: 'trailing', prefix: name.slice(0, -1) }
  return stars > 0 ? { text, line, kind: 'invalid' } : { text, line, kind: 'exact', host: name }
}

function readPattern(text: string, line: number): ServerName {
  const regex = text.slice(1)
  if (regex === '') throw refusedByNginx(line, `empty regex in server name "${text}"`)
  // Hosts are compared in lower case; an upper-case letter in a pattern makes it caseless.
  const pattern = compilePattern(regex, /[A-Z]/.test(regex), line)
  const hasCaptures = /(?<!\\)\((?!\?(?!P?<[^=!]))/.test(regex)
  return { text, line, kind: 'regex', pattern, hasCaptures }
}

export function matchesHost(name: ServerName, host: string): boolean {
  switch (name.kind) {
    case 'exact':
      return host === name.host
    case 'leading':
      return host.endsWith(name.suffix) || (name.andItself && host === name.suffix.slice(1))
    case 'trailing':
      return host.startsWith(name.prefix)
    case 'regex':
      return name.pattern.test(host)
    case 'invalid':
      return false
  }
}

/**
 * The Host header as nginx compares it: no port, no dot at the end, lower case. Undefined when nginx
 * answers 400.
 */
export function normaliseHost(header: string): string | undefined {
  const bare = /^\[[^\]]*\]/.exec(header)?.[0] ?? header.split(':', 1)[0]!
  if (/[\0-\x20\x7f/]|\.\./.test(header)) return undefined
  const host = bare.replace(/\.$/, '').toLowerCase()
  return host === '' ? undefined : host
}
