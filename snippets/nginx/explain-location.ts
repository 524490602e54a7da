import { isReachable, type LevelChoice } from './choose-location.ts'
import type { Location } from './location.ts'

/** One line of the story: a location, and what became of it. */
export interface Considered {
  readonly location: Location
  /** 0 on the server's level, 1 inside one of its locations, … */
  readonly depth: number
  readonly verdict: Verdict
}

export type Verdict =
  | { readonly kind: 'wins' }
  /** nginx answers 301 and adds the slash at the end. */
  | { readonly kind: 'redirects' }
  | { readonly kind: 'no-match' }
  /** The longest prefix: it would have answered, had nothing later done so. */
  | { readonly kind: 'remembered' }
  | { readonly kind: 'shorter'; readonly than: Location }
  /** A pattern that matches, with a location inside it that answers. */
  | { readonly kind: 'opens' }
  /** The search had ended. */
  | { readonly kind: 'not-asked'; readonly because: Ending; readonly of: Location }
  /** A name inside a pattern, where nginx looks for patterns only. */
  | { readonly kind: 'unreachable' }
  /** `@name` is for internal redirects, never for a path. */
  | { readonly kind: 'named' }

export type Ending = 'exact' | 'redirect' | 'inside' | 'pattern' | 'caret-tilde'

/** The choice told in nginx's order: exact names, prefixes from the longest down, patterns. */
export function explain(choice: LevelChoice, path: string): readonly Considered[] {
  return level(choice, path, 0).map((one) => {
    if (one.location !== choice.winner) return one
    return { ...one, verdict: { kind: choice.isRedirect ? 'redirects' : 'wins' } }
  })
}

function level(choice: LevelChoice, path: string, depth: number): readonly Considered[] {
  const { prefix, inside, pattern, within } = choice
  const tell = (location: Location, nested?: LevelChoice): readonly Considered[] => [
    { location, depth, verdict: verdictOf(location, choice, path) },
    ...(nested ? level(nested, path, depth + 1) : []),
    ...(nested && location.kind === 'regex' ? unreachable(location, depth + 1) : []),
  ]
  const ofKind = (kind: Location['kind']) => choice.level.filter((one) => one.kind === kind)
  return [
    ...ofKind('exact').flatMap((one) => tell(one)),
    ...ofKind('prefix')
      .toSorted((a, b) => b.name.length - a.name.length)
      .flatMap((one) => tell(one, one === prefix ? inside : undefined)),
    ...ofKind('regex').flatMap((one) => tell(one, one === pattern ? within : undefined)),
    ...ofKind('named').flatMap((one) => tell(one)),
  ]
}

const unreachable = ({ nested }: Location, depth: number): readonly Considered[] =>
  nested
    .filter((one) => !isReachable(one))
    .map((location) => ({ location, depth, verdict: { kind: 'unreachable' } }))

function verdictOf(location: Location, choice: LevelChoice, path: string): Verdict {
  const { endedBy, prefix, pattern, winner, level } = choice
  switch (location.kind) {
    case 'named':
      return { kind: 'named' }
    case 'exact':
      return location === winner && endedBy === 'exact' ? { kind: 'wins' } : { kind: 'no-match' }
    case 'prefix':
      if (endedBy === 'exact' || endedBy === 'redirect')
        return location === winner ? { kind: 'redirects' } : notAsked(endedBy, winner!)
      if (location === prefix) return { kind: 'remembered' }
      return path.startsWith(location.bytes) && prefix
        ? { kind: 'shorter', than: prefix }
        : { kind: 'no-match' }
    case 'regex':
      if (endedBy === 'exact' || endedBy === 'redirect' || endedBy === 'inside')
        return notAsked(endedBy, winner!)
      if (prefix?.endsSearch) return notAsked('caret-tilde', prefix)
      if (location === pattern) return { kind: 'opens' }
      return pattern && level.indexOf(location) > level.indexOf(pattern)
        ? notAsked('pattern', pattern)
        : { kind: 'no-match' }
  }
}

const notAsked = (because: Ending, of: Location): Verdict => ({ kind: 'not-asked', because, of })
