import { refusedByNginx } from './config-error.ts'
import { compilePattern } from './pattern.ts'

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
  | { readonly kind: 'regex'; readonly pattern: RegExp }
)

export function readServerName(text: string, line: number): ServerName {
  const refuse = () => refusedByNginx(line, `invalid server name or wildcard "${text}"`)
  if (text.startsWith('~')) {
    const regex = text.slice(1)
    if (regex === '') throw refusedByNginx(line, `empty regex in server name "${text}"`)
    // Hosts are compared in lower case; an upper-case letter in a pattern makes it caseless.
    return { text, line, kind: 'regex', pattern: compilePattern(regex, /[A-Z]/.test(regex), line) }
  }
  const name = text.toLowerCase()
  const stars = name.split('*').length - 1
  if (name === '.' || name.includes('..') || stars > 1) throw refuse()
  if (name.startsWith('.'))
    return stars > 0 ? fail() : { text, line, kind: 'leading', suffix: name, andItself: true }
  if (/^\*\../.test(name))
    return { text, line, kind: 'leading', suffix: name.slice(1), andItself: false }
  if (/.\.\*$/.test(name)) return { text, line, kind: 'trailing', prefix: name.slice(0, -1) }
  return stars > 0 ? fail() : { text, line, kind: 'exact', host: name }

  function fail(): never {
    throw refuse()
  }
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
