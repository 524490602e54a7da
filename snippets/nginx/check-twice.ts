import type { Statement } from './check-directive.ts'
import { refusedByNginx, type ConfigError } from './config-error.ts'
import { isKnownIn, mayRepeat } from './directive-kinds.ts'

/** What may be said again, but not of the same thing. */
const named: Readonly<Record<string, (name: string) => string>> = {
  upstream: (name) => `duplicate upstream "${name}"`,
  log_format: (name) => `duplicate "log_format" name "${name}"`,
  proxy_cache_path: (name) => `the same path name "${name}" used`,
}

/** `seen` holds what the block has said so far. */
export function checkTwice(
  { words, end: { line }, place }: Statement,
  seen: Set<string>,
): ConfigError | undefined {
  const [name = '', value = '', ...more] = words.map(({ text }) => text)
  const isSaid = (key: string): boolean => seen.has(key) || !seen.add(key)
  if (place === 'map')
    return !/^~|^include$/.test(name) && isSaid(name)
      ? refusedByNginx(line, `conflicting parameter "${name}"`)
      : undefined
  if (!isKnownIn(name, place)) return undefined
  const text = named[name]
  if (text) return isSaid(`${name} ${value}`) ? refusedByNginx(line, text(value)) : undefined
  // `proxy_redirect off` speaks for all of them.
  const isForAll = /^proxy_(?:redirect|cookie_)/.test(name) && more.length === 0
  if (mayRepeat(name) && !isForAll) return undefined
  if (isSaid(name)) return refusedByNginx(line, `"${name}" directive is duplicate`)
  const other = name === 'root' ? 'alias' : name === 'alias' ? 'root' : undefined
  if (other === undefined || !seen.has(other)) return undefined
  return refusedByNginx(
    line,
    `"${name}" directive is duplicate, "${other}" directive was specified earlier`,
  )
}
