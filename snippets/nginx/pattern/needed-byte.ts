import type { Node } from './node.ts'

/** Beyond so many bytes PCRE does not look for the needed one first. */
const longest = 5000

/**
 * The last byte that every match must hold: PCRE looks for it first, and where it is missing tries
 * nothing at all.
 */
export function neededByte(node: Node): ((text: string) => boolean) | undefined {
  const set = lastNeeded(node)
  if (!set) return undefined
  return (text) => {
    if (text.length > longest) return true
    for (let at = text.length - 1; at >= 0; at--) if (set[text.charCodeAt(at)] === 1) return true
    return false
  }
}

function lastNeeded(node: Node): Uint8Array | undefined {
  switch (node.kind) {
    case 'one': {
      const count = node.set.reduce((sum, one) => sum + one, 0)
      return count <= 2 ? node.set : undefined
    }
    case 'sequence':
      for (const part of node.parts.toReversed()) {
        const found = lastNeeded(part)
        if (found) return found
      }
      return undefined
    case 'repeat':
      return node.least > 0 ? lastNeeded(node.part) : undefined
    default:
      return undefined
  }
}
