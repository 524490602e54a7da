import { createHash } from 'node:crypto'
import type { Server } from './servers.ts'

/** Where on the ring, 0 to 2⁴⁸ − 1: by the text alone, so the same on every web server. */
const placeOf = (text: string) => createHash('md5').update(text).digest().readUIntBE(0, 6)

/** The more points, the evener the shares; so many for each unit of weight. */
const pointsPerWeight = 500

/** Says where what has this name lives. Who is away is passed over: the next one on the ring has it. */
export function createHomes(servers: readonly Server[]) {
  const ring = servers
    .flatMap((server) =>
      Array.from({ length: pointsPerWeight * server.weight }, (_, number) => ({
        at: placeOf(`${server.name} ${number}`),
        server,
      })),
    )
    .sort((a, b) => a.at - b.at)

  /** The first point that is not before this place. */
  function indexFrom(place: number): number {
    let [low, high] = [0, ring.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (ring[middle]!.at < place) low = middle + 1
      else high = middle
    }
    return low
  }

  return (name: string, isAway: (server: Server) => boolean): Server => {
    const first = indexFrom(placeOf(name))
    for (let step = 0; step < ring.length; step++) {
      const { server } = ring[(first + step) % ring.length]!
      if (!isAway(server)) return server
    }
    return ring[first % ring.length]!.server
  }
}
