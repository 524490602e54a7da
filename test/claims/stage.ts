import { afterAll, beforeAll } from 'vitest'
import { Balancer, type Front } from './balancer.ts'
import { claimsOn } from './claim.ts'
import { Containers } from './containers.ts'

/** A balancer with these web servers behind it, there while the claims of one test file are tried. */
export function openStage(testFile: string, front: Front, servers: readonly string[]) {
  let containers: Containers | undefined
  let balancer: Balancer | undefined
  beforeAll(async () => {
    containers = await Containers.open(testFile, [front.image, 'node:22-slim'])
    balancer = await Balancer.open(containers, front)
    await balancer.startAll(...servers)
  })
  afterAll(async () => {
    await balancer?.close()
    await containers?.close()
  })
  return {
    get balancer() {
      return balancer!
    },
    get containers() {
      return containers!
    },
    claim: claimsOn(() => balancer!.versions),
  }
}
