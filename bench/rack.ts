import { RACK_IMAGE } from '../labs/runtime/docker/offline/catalog.ts'
import { Containers } from '../test/claims/containers.ts'
import { Rack } from '../test/claims/rack.ts'

/** A real kernel with IPVS, there while it is used. `owner` is `import.meta.url`. */
export async function withRack(owner: string, use: (rack: Rack) => Promise<void>): Promise<void> {
  const containers = await Containers.open(owner, [RACK_IMAGE])
  try {
    const rack = await Rack.boot(containers)
    try {
      await use(rack)
    } finally {
      await rack.guest.close()
    }
  } finally {
    await containers.close()
  }
}
