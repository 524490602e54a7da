import { crc32OfText } from '../hashing/crc32.ts'
import { HashRing } from '../hashing/hash-ring.ts'
import { nginxPoints } from '../hashing/ring-points.ts'
import type { Server } from './upstream.ts'

/** The ring of `hash KEY consistent`; servers of one name share their points. */
export const ring = (servers: readonly Server[]): HashRing =>
  new HashRing(servers, { pointsOf: nginxPoints, hash: crc32OfText })
