import type { ByteSet } from './byte-set.ts'

/** A pattern, read. What it captures is of no interest here: only whether it matches. */
export type Node =
  | { readonly kind: 'one'; readonly set: ByteSet }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'either'; readonly ways: readonly Node[] }
  | {
      readonly kind: 'repeat'
      readonly part: Node
      readonly least: number
      readonly most: number
      readonly isLazy: boolean
    }
  | { readonly kind: 'at'; readonly place: Anchor }
  | {
      readonly kind: 'look'
      readonly part: Node
      readonly isNot: boolean
      /** Bytes to go back first; undefined looks ahead. */
      readonly back: number | undefined
    }
  /** Once it has matched, it is not tried another way. */
  | { readonly kind: 'atomic'; readonly part: Node }

/** `end` is `$`: also before a line's end that is the last byte. */
export type Anchor = 'start' | 'end' | 'very-end' | 'word-edge' | 'no-word-edge'

/** How many bytes it matches, where that is always the same. */
export function widthOf(node: Node): number | undefined {
  switch (node.kind) {
    case 'one':
      return 1
    case 'sequence':
      return node.parts.reduce<number | undefined>((sum, part) => plus(sum, widthOf(part)), 0)
    case 'either': {
      const widths = new Set(node.ways.map(widthOf))
      return widths.size === 1 ? [...widths][0] : undefined
    }
    case 'repeat': {
      const width = widthOf(node.part)
      return width !== undefined && node.least === node.most ? width * node.least : undefined
    }
    case 'atomic':
      return widthOf(node.part)
    case 'at':
    case 'look':
      return 0
  }
}

const plus = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a + b
