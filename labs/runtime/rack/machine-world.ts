import type { LabWorld } from '../apply/world.ts'
import { dockerWorld } from '../docker/docker-world.ts'
import type { Place } from '../docker/place.ts'
import type { Runtime } from '../runtime.ts'
import type { Servers } from '../server.ts'

/** What applying needs of machines: they are reached by their handles, whosever kernel they are in. */
export const machineWorld = (
  place: Place,
  server: Servers,
  status: Runtime['status'],
  own: Pick<LabWorld, 'put' | 'boot'>,
): LabWorld => ({
  ...dockerWorld(place),
  exec: (name, command) => server(name).exec(command),
  restart: (name) => server(name).restart(),
  lastWords: (name, lines) => server(name).logs(lines),
  servers: async () => (await status()).map(({ service }) => service),
  ...own,
})
