import { hashText, sharedSeed } from './hash-text.ts'
import { atLeastOne } from './node.ts'

/**
 * The remainder by the number of nodes: even, fast, and nothing to keep. But one node more or less,
 * and nearly every key has another home: of n + 1 keys n move. Their order is part of the answer.
 */
// #region modulo
export function moduloNode(key: string, nodes: readonly string[]): string {
  return nodes[hashText(key, sharedSeed) % atLeastOne(nodes).length]!
}
// #endregion modulo
