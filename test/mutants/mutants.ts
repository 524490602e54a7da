import { createHash } from 'node:crypto'
import type { Mutation } from './mutation.ts'
import { mutatorFor } from './mutator-for.ts'

/** A wrong answer made by machine: the solution with one mutation. */
export interface Mutant extends Mutation {
  /** The same as long as the statement that it changes is the same, whatever is written around it. */
  readonly id: string
  /** By its path in the solution's folder. */
  readonly file: string
}

/** All mutants of these files (path → text). No two make the same file. */
export function mutantsOf(files: ReadonlyMap<string, string>): readonly Mutant[] {
  const alike = new Map<string, number>()
  return [...files].flatMap(([file, original]) => {
    const seen = new Set([original])
    return (mutatorFor(file, original)?.(original) ?? []).flatMap((mutation): Mutant[] => {
      if (seen.has(mutation.text)) return []
      seen.add(mutation.text)
      const { kind, scope, statement, was, becomes } = mutation
      const told = [file, kind, scope, statement, was, becomes].map(oneLine).join('\0')
      const count = (alike.get(told) ?? 0) + 1
      alike.set(told, count)
      return [{ ...mutation, file, id: digest(`${told}\0${count}`) }]
    })
  })
}

/** `nginx/teahouse.conf: 1s → 2s (number)`, for people. */
export function describe({ file, was, becomes, kind }: Mutant): string {
  const [before, after] = [oneLine(was), oneLine(becomes)]
  if (after === '') return `${file}: without ${short(before)} (${kind})`
  const same = before.length > wide || after.length > wide ? alike(before, after) : 0
  const from = Math.max(0, same - 12)
  const told = [before, after].map((text) => (from > 0 ? '…' : '') + short(text.slice(from)))
  return `${file}: ${told.join(' → ')} (${kind})`
}

/** How many characters two texts have in common, from the left. */
function alike(one: string, other: string): number {
  const differs = [...one].findIndex((char, place) => char !== other[place])
  return differs < 0 ? one.length : differs
}

/** Spaces and line ends mean nothing to a mistake. */
export const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

const wide = 60

/** As much of it as fits a line. */
const short = (line: string) => (line.length > wide ? `${line.slice(0, wide - 1)}…` : line)

/** 40 bits: among some thousands no two are the same. */
const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10)
