import type { ByteSet } from './byte-set.ts'
import type { Anchor, Node } from './node.ts'
import { PatternError } from './pattern-error.ts'

/** One step of a pattern that tries one way after another. */
export type Step =
  | { readonly do: 'take'; readonly set: ByteSet }
  | { readonly do: 'at'; readonly place: Anchor }
  /** This way first; the other when it failed. */
  | { readonly do: 'try'; readonly first: number; readonly then: number }
  | { readonly do: 'go'; readonly to: number }
  /** A round of a loop begins here; `ends` is where it goes on if the round took nothing. */
  | { readonly do: 'begin'; readonly round: number }
  | { readonly do: 'again'; readonly round: number; readonly to: number }
  | {
      readonly do: 'look'
      readonly program: Program
      readonly isNot: boolean
      readonly back: number
      readonly isAtomic: boolean
    }
  | { readonly do: 'done' }

export interface Program {
  readonly steps: readonly Step[]
  readonly rounds: number
}

const mostSteps = 20_000

export function programOf(node: Node): Program {
  const steps: Step[] = []
  let rounds = 0
  write(node)
  steps.push({ do: 'done' })
  return { steps, rounds }

  function add(step: Step): number {
    if (steps.length > mostSteps) throw PatternError.tooLarge()
    return steps.push(step) - 1
  }

  function write(one: Node): void {
    switch (one.kind) {
      case 'one':
        add({ do: 'take', set: one.set })
        return
      case 'sequence':
        one.parts.forEach(write)
        return
      case 'either':
        return either(one.ways)
      case 'repeat':
        for (let copy = 0; copy < one.least; copy++) write(one.part)
        if (one.most === Infinity) return loop(one.part, one.isLazy)
        return optional(one.part, one.most - one.least, one.isLazy)
      case 'at':
        add({ do: 'at', place: one.place })
        return
      case 'look':
        add({
          ...{ do: 'look', program: programOf(one.part), isNot: one.isNot },
          ...{ back: one.back ?? 0, isAtomic: false },
        })
        return
      case 'atomic':
        add({
          ...{ do: 'look', program: programOf(one.part), isNot: false, back: 0 },
          isAtomic: true,
        })
    }
  }

  function either([first, ...others]: readonly Node[]): void {
    if (others.length === 0) return write(first!)
    const fork = add({ do: 'done' })
    write(first!)
    const leap = add({ do: 'done' })
    steps[fork] = { do: 'try', first: fork + 1, then: steps.length }
    either(others)
    steps[leap] = { do: 'go', to: steps.length }
  }

  function loop(part: Node, isLazy: boolean): void {
    const round = rounds++
    const fork = add({ do: 'done' })
    add({ do: 'begin', round })
    write(part)
    add({ do: 'again', round, to: fork })
    steps[fork] = forkTo(fork + 1, steps.length, isLazy)
  }

  function optional(part: Node, count: number, isLazy: boolean): void {
    const forks: number[] = []
    for (let copy = 0; copy < count; copy++) {
      forks.push(add({ do: 'done' }))
      write(part)
    }
    for (const fork of forks) steps[fork] = forkTo(fork + 1, steps.length, isLazy)
  }
}

const forkTo = (into: number, past: number, isLazy: boolean): Step =>
  isLazy ? { do: 'try', first: past, then: into } : { do: 'try', first: into, then: past }
