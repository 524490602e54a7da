import { createHash } from 'node:crypto'

/** Where on the ring, 0 to 2⁴⁸ − 1: by the text alone, so the same on every web server. */
const placeOf = (text: string) => createHash('md5').update(text).digest().readUIntBE(0, 6)

/** The more points, the evener the shares. */
const points = 500

/** Says in which half what has this name lives: always in the same, whoever of the half is dead. */
export function createHomes<Half extends { readonly name: string }>(halves: readonly Half[]) {
  const ring = halves
    .flatMap((half) =>
      Array.from({ length: points }, (_, number) => ({
        at: placeOf(`${half.name} ${number}`),
        half,
      })),
    )
    .sort((a, b) => a.at - b.at)

  return (name: string): Half => {
    const place = placeOf(name)
    const next = ring.find(({ at }) => at >= place) ?? ring[0]!
    return next.half
  }
}
