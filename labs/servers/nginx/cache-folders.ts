import { posix } from 'node:path'
import { tokenize } from '../../../snippets/nginx/tokens.ts'

/** `proxy_cache_path`, and the same for FastCGI and its like. */
const directive = /^(?:proxy|fastcgi|scgi|uwsgi)_cache_path$/

/**
 * Where nginx keeps its copies, by its own words: what `nginx -V` and then `nginx -T` have printed. A
 * folder may be quoted, stand on a line of its own, or begin where nginx was installed.
 */
export function cacheFolders(printed: string): string[] {
  const prefix = /--prefix=(\S+)/.exec(printed)?.[1] ?? '/etc/nginx'
  // The files stand behind headings that look like comments; what is before them is no configuration.
  const files = printed.slice(printed.search(/^# configuration file /m))
  const { tokens } = tokenize(files)
  return tokens.flatMap((token, at) => {
    const path = tokens[at + 1]
    const begins = tokens[at - 1]?.kind !== 'word'
    if (token.kind !== 'word' || path?.kind !== 'word') return []
    return begins && directive.test(token.text) ? [posix.resolve(prefix, path.text)] : []
  })
}
