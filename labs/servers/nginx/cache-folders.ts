import { posix } from 'node:path'
import { tokenize } from '../../../snippets/nginx/tokens.ts'

/** `proxy_cache_path`, and the same for FastCGI and its like. */
const directive = /^(?:proxy|fastcgi|scgi|uwsgi)_cache_path$/

/** Says where it was built to look, how it was started, and all of its configuration. */
export const askNginx = `nginx -V 2>&1
tr '\\0' ' ' <"/proc/$(cat /run/nginx.pid)/cmdline" && echo
exec nginx -T`

/**
 * Where nginx keeps its copies, by its own words: what `askNginx` has printed. A folder may be quoted,
 * stand on a line of its own, or begin at nginx's prefix, which `-p` sets anew.
 */
export function cacheFolders(printed: string): string[] {
  const started = /^nginx: master process .*? -p *(\S+)/m.exec(printed)?.[1]
  const prefix = started ?? /--prefix=(\S+)/.exec(printed)?.[1] ?? '/etc/nginx'
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
