import type { Place } from './directive-kinds.ts'
import type { Token } from './tokens.ts'

/** A whole nginx.conf says `http` or `events` on its outermost level; else it is what stands in `http`. */
export function openPlace(tokens: readonly Token[]): Place {
  let depth = 0
  let isFirst = true
  for (const token of tokens) {
    if (token.kind === '{') depth++
    else if (token.kind === '}') depth--
    else if (token.kind === 'word' && isFirst && depth === 0 && isOfMain.test(token.text))
      return 'main'
    isFirst = token.kind !== 'word'
  }
  return 'http'
}

const isOfMain = /^(?:http|events|stream|mail)$/

/** Where the directives of this one's block stand. */
export function innerPlace(place: Place, name: string): Place {
  // Inside `stream`, or what another module opens, names have meanings of their own.
  if (place === 'anything') return place
  switch (name) {
    case 'http':
    case 'events':
    case 'server':
    case 'upstream':
    case 'location':
    case 'limit_except':
    case 'map':
      return name
    case 'if':
      return place === 'server' ? 'server-if' : 'location-if'
    case 'geo':
    case 'types':
    case 'split_clients':
    case 'charset_map':
      return 'pairs'
    default:
      return 'anything'
  }
}
