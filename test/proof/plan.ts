import { createHash } from 'node:crypto'
import type { Digests } from './digests.ts'
import type { Proof } from './records.ts'

/** Something to prove: a lab's answer, or a test file. */
export interface Item {
  readonly id: string
  readonly digests: Digests
  /** Its verdict falls with any change of the machinery, as it is the machinery's own test. */
  readonly isMachinerys?: boolean
}

/**
 * - `changed`: never proved as it is now; it is proved in this run.
 * - `stale`: proved as it is, on a machinery that has changed since.
 * - `kept`: proved, and nothing has changed.
 */
export type State = 'changed' | 'stale' | 'kept'

export function stateOf({ digests, isMachinerys }: Item, proof: Proof | undefined): State {
  if (proof?.own !== digests.own) return 'changed'
  if (proof.machinery === digests.machinery) return 'kept'
  return isMachinerys ? 'changed' : 'stale'
}

export interface Plan {
  readonly now: ReadonlySet<string>
  readonly states: ReadonlyMap<string, State>
}

/**
 * What to prove now: whatever has changed, and of the rest a sample of `sample` items, drawn anew by
 * each `seed`, from what is stale first.
 */
export function planFor(
  items: readonly Item[],
  proofs: Readonly<Record<string, Proof>>,
  { seed, sample }: { readonly seed: string; readonly sample: number },
): Plan {
  const states = new Map(items.map((item) => [item.id, stateOf(item, proofs[item.id])]))
  const ids = [...states.keys()]
  const rest = (state: State) =>
    drawn(
      ids.filter((id) => states.get(id) === state),
      seed,
    )
  const chosen = [...rest('stale'), ...rest('kept')].slice(0, sample)
  const changed = ids.filter((id) => states.get(id) === 'changed')
  return { now: new Set([...changed, ...chosen]), states }
}

/** In an order that the seed makes up. */
export function drawn(ids: readonly string[], seed: string): readonly string[] {
  const rank = (id: string) => createHash('sha256').update(`${seed} ${id}`).digest('hex')
  return [...ids].sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
}
