/** What is done to a solution. Each kind is a mistake that people make. */
export type Kind =
  | 'leave-out'
  | 'number'
  | 'name'
  | 'operator'
  | 'flag'
  | 'pattern'
  | 'address'
  | 'text'
  | 'swap'
  | 'only-get'
  | 'only-front-page'

/** One change of one file. */
export interface Mutation {
  readonly kind: Kind
  /** Where it stands, by names: `server > location /`. No line: that of another edit would move it. */
  readonly scope: string
  /** What it is part of, whole. */
  readonly statement: string
  /** From 1. */
  readonly line: number
  readonly was: string
  readonly becomes: string
  /** The whole file afterwards. */
  readonly text: string
}

/** Makes every change of its kind of file. Pure: the same text gives the same mutations. */
export type Mutator = (text: string) => readonly Mutation[]

export interface Place {
  readonly start: number
  readonly end: number
}

type What = Pick<Mutation, 'kind' | 'scope' | 'statement'>

/** `becomes` stands where `place` was. */
export function replaced(text: string, place: Place, becomes: string, what: What): Mutation {
  const { start, end } = place
  return {
    ...what,
    line: lineAt(text, start),
    was: text.slice(start, end),
    becomes,
    text: text.slice(0, start) + becomes + text.slice(end),
  }
}

/** Two places that do not touch change what stands in them. */
export function swapped(
  text: string,
  one: Place,
  other: Place,
  what: Omit<What, 'kind'>,
): Mutation {
  const [a, b] = [one, other].map(({ start, end }) => text.slice(start, end)) as [string, string]
  const between = text.slice(one.end, other.start)
  return {
    ...what,
    kind: 'swap',
    line: lineAt(text, one.start),
    was: `${a} … ${b}`,
    becomes: `${b} … ${a}`,
    text: text.slice(0, one.start) + b + between + a + text.slice(other.end),
  }
}

export const lineAt = (text: string, at: number) => text.slice(0, at).split('\n').length
