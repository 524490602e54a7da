/** `[2001:DB8::0:1]` in the one way to write it; undefined when it is no IPv6 address. */
export function canonicalIpv6(bracketed: string): string | undefined {
  const text = bracketed.slice(1, -1)
  if (!/^[\da-f:.]+$/i.test(text) || !bracketed.endsWith(']')) return undefined
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map(groupsOf)
  if (!head || (halves.length === 2 && !tail)) return undefined
  const gap = 8 - head.length - (tail?.length ?? 0)
  if (halves.length === 2 ? gap < 1 : gap !== 0) return undefined
  const groups = [...head, ...Array.from({ length: gap }, () => 0), ...(tail ?? [])]
  return `[${shortest(groups)}]`
}

/** Undefined when one of them is no group. A dotted end stands for two. */
function groupsOf(half: string): readonly number[] | undefined {
  if (half === '') return []
  const groups = half.split(':').flatMap((group, index, all) => {
    if (/^[\da-f]{1,4}$/i.test(group)) return [parseInt(group, 16)]
    const bytes = group.split('.').map(Number)
    const isDotted = bytes.length === 4 && bytes.every((byte) => byte <= 255)
    if (!isDotted || index < all.length - 1) return [Number.NaN]
    return [bytes[0]! * 256 + bytes[1]!, bytes[2]! * 256 + bytes[3]!]
  })
  return groups.some(Number.isNaN) ? undefined : groups
}

/** The longest run of zeros becomes `::`. */
function shortest(groups: readonly number[]): string {
  const text = groups.map((group) => group.toString(16)).join(':')
  const runs = text.match(/(?:^|:)0(?::0)+(?=:|$)/g) ?? []
  const longest = runs.toSorted(
    (a, b) => b.replaceAll(':', '').length - a.replaceAll(':', '').length,
  )
  if (longest[0] === undefined) return text
  const at = text.indexOf(longest[0])
  const [before, after] = [text.slice(0, at), text.slice(at + longest[0].length + 1)]
  return `${before}::${after}`
}
