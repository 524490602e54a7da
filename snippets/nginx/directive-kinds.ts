import { directiveTable } from './directive-table.ts'

/** Where a directive stands. `pairs`: the lines of `types`, `geo` and their kind. */
export type Place =
  | 'main'
  | 'events'
  | 'http'
  | 'server'
  | 'location'
  | 'server-if'
  | 'location-if'
  | 'limit_except'
  | 'upstream'
  | 'map'
  | 'pairs'
  | 'anything'

export interface DirectiveKind {
  readonly isAllowedIn: (place: Place) => boolean
  readonly fewest: number
  readonly most: number
  readonly isFlag: boolean
  readonly opensBlock: boolean
}

const kinds: ReadonlyMap<string, readonly DirectiveKind[]> = readTable()

/** What nginx knows under this name: more than one thing for `server`, nothing for a typing error. */
export const kindsOf = (name: string): readonly DirectiveKind[] => kinds.get(name) ?? []

export const isKnownIn = (name: string, place: Place): boolean =>
  kindsOf(name).some(({ isAllowedIn }) => isAllowedIn(place))

/** What may be said twice in one block; anything else is "duplicate". */
const repeatable =
  /^(?:[es]rror_(?:page|log)|server_name|set|rewrite|return|break|if|types|access_log|deny|allow|index|mirror|limit_(?:req|conn)|sub_filter|set_real_ip_from|auth_request_set|env|load_module|thread_pool|debug_connection|ssl_(?:certificate|certificate_key|session_ticket_key|session_cache)|add_(?:header|trailer)|stub_status|valid_referers|userid_flags|mp4|flv|empty_gif|gzip_(?:disable|proxied)|keepalive_disable|fastcgi_(?:split_path_info|catch_stderr)|modern_browser|ancient_browser(?:_value)?|http2_(?:push|push_preload|idle_timeout|recv_timeout|max_\w+)|ip_hash|least_conn|hash|random|zone|\w+_(?:types|cache_valid|cache_bypass|no_cache|cache_methods|cache_use_stale|cache_path|methods|set_header|hide_header|pass_header|next_upstream|ignore_headers|param|protocols|conf_command|zone|format)|proxy_(?:redirect|cookie_\w+)|location|listen|server|upstream|map|geo|split_clients|charset_map|include)$/

export const mayRepeat = (name: string): boolean => repeatable.test(name)

function readTable(): ReadonlyMap<string, readonly DirectiveKind[]> {
  const found = new Map<string, DirectiveKind[]>()
  let kind: DirectiveKind | undefined
  for (const line of directiveTable.trim().split('\n')) {
    const [, places, counts] = /^(\S.*): (.*)$/.exec(line) ?? []
    if (places !== undefined) kind = readKind(places.split(' '), counts!)
    else
      for (const name of line.trim().split(' '))
        found.set(name, [...(found.get(name) ?? []), kind!])
  }
  return found
}

function readKind(places: readonly string[], counts: string): DirectiveKind {
  const isFlag = counts.startsWith('flag')
  const [, fewest = '1', end] = /^(\d)(?:-(\d)|\+)?/.exec(counts) ?? []
  const most = counts.includes('+') ? Infinity : Number(end ?? fewest)
  return {
    isAllowedIn: (place) => places.includes('everywhere') || places.includes(place),
    ...{ fewest: Number(fewest), most, isFlag, opensBlock: counts.endsWith('{') },
  }
}
