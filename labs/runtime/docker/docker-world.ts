import { say } from '../../language.ts'
import type { LabWorld } from '../apply/world.ts'
import { EnvironmentError } from '../environment-error.ts'
import { withoutNamelessVolumes } from './nameless-volumes.ts'
import { resolveConfig } from './compose-config.ts'
import { container } from './container.ts'
import { compose, containerName, docker } from './docker-cli.ts'
import { lastLines, readStatus, waitUntilHealthy } from './health.ts'
import { buildImage } from './image.ts'
import type { Place } from './place.ts'
import { settle } from './settle.ts'

/** Containers that read the live folder itself. Who ignores SIGTERM has two seconds instead of ten. */
export function dockerWorld(place: Place): LabWorld {
  const world: LabWorld = {
    live: place.live,
    exec: (server, command) => container(place, server).exec(command),
    servers: async () => (await readStatus(place)).map(({ service }) => service),
    async restart(server) {
      await docker(place, ['restart', '--time', '2', containerName(place, server)])
      await waitUntilHealthy(place, [server])
    },
    async boot(server) {
      try {
        await world.restart(server)
        return ''
      } catch (error) {
        if (!(error instanceof EnvironmentError)) throw error
        return (await lastLines(place, server, 30, 'of this start')) || say('(none)', '（没有）')
      }
    },
    lastWords: (server, lines) => lastLines(place, server, lines),
    buildImage: () => buildImage(place),
    composeConfig: () => resolveConfig(place),
    fault: (server, found) =>
      new EnvironmentError(found, `npm run lab ${place.lab.number} logs ${server}`),
    put: () => Promise.resolve(),
    bringUp: () => bringUp(place),
  }
  return world
}

/**
 * Without `--wait`: Compose would give up on a server that is slow, and wait a minute for one that
 * dies and is restarted again and again.
 */
async function bringUp(place: Place) {
  const up = ['up', '--detach', '--remove-orphans', '--pull', 'never', '--timeout', '2']
  const { exitCode, stderr } = await withoutNamelessVolumes(place, () => compose(place, up))
  return exitCode === 0 ? settle(place) : { refused: stderr }
}
