import { ring } from './consistent-hash.ts'
import { ipHash } from './ip-hash.ts'
import { keyHash } from './key-hash.ts'
import { byShare, totalWeight } from './shares.ts'
import { smoothPick } from './smooth-weighted-round-robin.ts'
import type { Server, ServerState } from './upstream.ts'
import { patience, type Answer, type Question, type Visit } from './visit.ts'

/**
 * Smooth weighted round robin among `open`. A server that failed has less to earn, and gets back one
 * a pick until it earns its weight again.
 */
export function roundRobin({ servers, state, visit, open }: Question): Answer {
  const accounts = open.map((index) => ({
    weight: state[index]!.effectiveWeight,
    currentWeight: state[index]!.currentWeight,
  }))
  const { chosen, currentWeights } = smoothPick(accounts)
  const after = state.map((one, index): ServerState => {
    const place = open.indexOf(index)
    if (place < 0) return one
    const effectiveWeight = Math.min(servers[index]!.weight, one.effectiveWeight + 1)
    return { ...one, currentWeight: currentWeights[place]!, effectiveWeight }
  })
  return { chosen: open[chosen], state: after, visit }
}

/** The fewest requests under way for its weight; round robin among equals. */
export function leastConnections(question: Question): Answer {
  const { state, visit, open } = question
  const load = loadIn(question)
  const least = Math.min(...open.map(load))
  const equals = open.filter((index) => load(index) === least)
  return equals.length > 1
    ? roundRobin({ ...question, open: equals })
    : { chosen: equals[0], state, visit }
}

/** Tries one place after another until one is open, or patience ends. */
function search(
  { state, visit, open }: Question,
  next: (visit: Visit) => { readonly visit: Visit; readonly index: number },
): Answer {
  let now = visit
  while (now.misses <= patience) {
    const { visit: after, index } = next(now)
    if (open.includes(index)) return { chosen: index, state, visit: after }
    now = { ...after, misses: after.misses + 1 }
  }
  return { chosen: undefined, state, visit: now }
}

export const ipHashed = (question: Question): Answer =>
  search(question, (visit) => {
    const cursor = ipHash(visit.asking.address, visit.cursor)
    return { visit: { ...visit, cursor }, index: byShare(question.servers, cursor) }
  })

export const keyHashed = (question: Question): Answer =>
  search(question, (visit) => {
    const cursor = visit.cursor + keyHash(visit.asking.key, visit.hashes)
    const after = { ...visit, cursor, hashes: visit.hashes + 1 }
    return { visit: after, index: byShare(question.servers, cursor) }
  })

/** Goes round from the key's place to the first point whose server is open. */
export function consistentlyHashed(question: Question): Answer {
  const ring = ringOf(question.servers)
  let { visit } = question
  while (visit.misses <= patience) {
    const owner = ring.pointAt(visit.cursor % ring.size).node
    // Servers of one name share their points.
    const open = question.open.filter((index) => question.servers[index]!.name === owner)
    if (open.length > 0) return roundRobin({ ...question, visit, open })
    visit = { ...visit, cursor: visit.cursor + 1, misses: visit.misses + 1 }
  }
  return { chosen: undefined, state: question.state, visit }
}

export const drawn = (question: Question): Answer => search(question, byChance(question.servers))

/** Draws two, and takes the one with fewer requests under way for its weight; the second on a tie. */
export function betterOfTwo(question: Question): Answer {
  const first = drawn(question)
  if (first.chosen === undefined) return first
  const others = question.open.filter((index) => index !== first.chosen)
  const second = drawn({ ...question, open: others, visit: first.visit })
  if (second.chosen === undefined) return second
  const load = loadIn(question)
  return load(second.chosen) > load(first.chosen) ? { ...second, chosen: first.chosen } : second
}

/** Requests under way, for each unit of weight. */
const loadIn =
  ({ servers, state }: Question) =>
  (index: number): number =>
    state[index]!.connections / servers[index]!.weight

const byChance = (servers: readonly Server[]) => (visit: Visit) => ({
  visit,
  index: byShare(servers, visit.asking.draw(totalWeight(servers))),
})

/** A ring has thousands of points, and its servers do not change from pick to pick. */
const rings = new WeakMap<readonly Server[], ReturnType<typeof ring>>()
export function ringOf(servers: readonly Server[]): ReturnType<typeof ring> {
  const known = rings.get(servers) ?? ring(servers)
  rings.set(servers, known)
  return known
}
