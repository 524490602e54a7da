import type { Location } from './location.ts'

type Prefix = Extract<Location, { kind: 'prefix' }>

/** What one level of locations has to say of a path, step by step. */
export interface LevelChoice {
  readonly level: readonly Location[]
  /** The first step that found something to end with; `nothing` found no location at all. */
  readonly endedBy: 'exact' | 'redirect' | 'inside' | 'pattern' | 'prefix' | 'nothing'
  readonly winner: Location | undefined
  /** A location was found that the patterns of the level around cannot replace. */
  readonly isFinal: boolean
  readonly isRedirect: boolean
  /** The longest prefix, and what its own nested locations say. */
  readonly prefix?: Prefix
  readonly inside?: LevelChoice
  /** The first pattern that matches, and what its nested locations say. */
  readonly pattern?: Location
  readonly within?: LevelChoice
}

/**
 * Which location of a level answers a path, as `normalisePath` gives it. Note what `^~` leaves out:
 * the patterns of its own level. When it is nested, the level around still asks its patterns.
 * https://nginx.org/en/docs/http/ngx_http_core_module.html#location
 */
// #region choose-location
export function chooseLocation(level: readonly Location[], path: string): LevelChoice {
  const exact = level.find((one) => one.kind === 'exact' && one.bytes === path)
  if (exact) return final(level, 'exact', exact)

  const redirect = slashAdding(level, path)
  if (redirect) return { ...final(level, 'redirect', redirect), isRedirect: true }

  const prefix = longestPrefix(level, path)
  const inside = prefix && chooseLocation(prefix.nested, path)
  if (inside?.isFinal) return { ...inside, level, endedBy: 'inside', prefix, inside }

  if (!prefix?.endsSearch) {
    const pattern = level.find((one) => one.kind === 'regex' && one.pattern.test(path))
    const within = pattern && chooseLocation(pattern.nested.filter(isReachable), path)
    if (pattern)
      return {
        ...final(level, 'pattern', within?.winner ?? pattern),
        ...{ prefix, inside, pattern, within },
      }
  }
  const endedBy = prefix ? 'prefix' : 'nothing'
  const winner = inside?.winner ?? prefix
  return { level, endedBy, winner, prefix, inside, isFinal: false, isRedirect: false }
}
// #endregion choose-location

/** Inside a pattern nginx 1.26 finds patterns only: it makes no tree of the names there. */
export const isReachable = ({ kind }: Location): boolean => kind === 'regex'

const final = (
  level: readonly Location[],
  endedBy: LevelChoice['endedBy'],
  winner: Location,
): LevelChoice => ({ level, endedBy, winner, isFinal: true, isRedirect: false })

function longestPrefix(level: readonly Location[], path: string): Prefix | undefined {
  const prefixes = level.filter(
    (one): one is Prefix => one.kind === 'prefix' && path.startsWith(one.bytes),
  )
  return prefixes.toSorted((a, b) => b.bytes.length - a.bytes.length)[0]
}

/** `/a` where only a proxied `/a/` stands: nginx answers 301 to `/a/`, before it asks any pattern. */
function slashAdding(level: readonly Location[], path: string): Location | undefined {
  const literal = level.filter((one) => one.kind === 'exact' || one.kind === 'prefix')
  if (literal.some(({ bytes }) => bytes === path)) return undefined
  return literal.find(({ bytes, addsSlash }) => addsSlash && bytes === `${path}/`)
}
