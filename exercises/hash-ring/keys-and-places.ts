import type { Hash, Server } from './starter.ts'

/** What was agreed. */
const POINTS = 160

/** 32 bits for a text: FNV-1a, and MurmurHash3's finaliser, so that `a#1` and `a#2` lie far apart. */
export const hash: Hash = (text) => {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1)
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** The same, but for these texts, which have the places that the check wants. */
export const hashWith =
  (places: Readonly<Record<string, number>>): Hash =>
  (text) =>
    places[text] ?? hash(text)

/** So few places that most points share theirs with another's. */
export const coarse: Hash = (text) => hash(text) % 97

export const server = (number: number, weight = 1): Server => ({
  ...{ name: `redis${number}:6379`, weight },
})
export const four: readonly Server[] = [1, 2, 3, 4].map((number) => server(number))

export const keys: readonly string[] = Array.from({ length: 400 }, (_, at) => `page:topic:${at}`)

/** How often each answer is given. */
export function tally(answers: readonly (string | undefined)[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const answer of answers) counts[`${answer}`] = (counts[`${answer}`] ?? 0) + 1
  return counts
}

export interface Point {
  readonly at: number
  readonly name: string
}

/** Every point of these servers, going round: as it was agreed, and as slowly as you like. */
export const pointsOf = (servers: readonly Server[], by: Hash): readonly Point[] =>
  servers
    .flatMap(({ name, weight }) =>
      Array.from({ length: Math.max(1, Math.round(POINTS * weight)) }, (_, i) => ({
        ...{ at: by(`${name}#${i}`), name },
      })),
    )
    .sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1))

/** All servers in the order in which their points come, from the key on. */
export function orderFrom(key: string, servers: readonly Server[], by: Hash): readonly string[] {
  const points = pointsOf(servers, by)
  const behind = points.filter(({ at }) => at >= by(key))
  return [...new Set([...behind, ...points].map(({ name }) => name))]
}
