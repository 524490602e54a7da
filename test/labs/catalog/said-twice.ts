import { isDeepStrictEqual } from 'node:util'
import type { Written } from './compose-files.ts'

/** Lists that Compose replaces as a whole; of all others it appends the entries. */
const replaced = new Set(['command', 'entrypoint', 'test'])

/** What two servers say in the same words: `image`, `environment.TZ`, `volumes` for one of its entries. */
export function saidTwice(one: Written, other: Written): string[] {
  return Object.entries(one).flatMap(([key, value]) => {
    const twin = other[key]
    if (twin === undefined) return []
    if (isDeepStrictEqual(value, twin)) return [key]
    if (isMap(value) && isMap(twin)) return saidTwice(value, twin).map((name) => `${key}.${name}`)
    if (!Array.isArray(value) || !Array.isArray(twin) || replaced.has(key)) return []
    return value.some((item) => twin.some((its) => isDeepStrictEqual(item, its))) ? [key] : []
  })
}

/** Addresses are the lab's own, and limits have all servers. */
const never = new Set(['networks', 'mem_limit', 'pids_limit'])

/** Three quarters of what one of them says, the other says as well. */
export function isCopy(one: Written, other: Written): boolean {
  const size = (server: Written) => Object.keys(server).filter((key) => !never.has(key)).length
  const said = saidTwice(one, other).map((name) => name.split('.')[0]!)
  const common = new Set(said.filter((key) => !never.has(key)))
  return common.size > 0 && common.size >= 0.75 * Math.min(size(one), size(other))
}

const isMap = (value: unknown): value is Written =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
