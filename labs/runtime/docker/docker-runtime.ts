import { say } from '../../language.ts'
import { EnvironmentError } from '../environment-error.ts'
import { onFiles } from '../on-files.ts'
import type { Runtime, ServiceStatus } from '../runtime.ts'
import { finishRequest, holdRequest, sendBatch } from './agent-client.ts'
import { wantedServices } from './compose-config.ts'
import { container } from './container.ts'
import { compose, containerName, docker } from './docker-cli.ts'
import { dockerWorld } from './docker-world.ts'
import { isGone, readStatus, unhealthy, waitUntilHealthy } from './health.ts'
import { removeImages } from './image.ts'
import { withoutNamelessVolumes } from './nameless-volumes.ts'
import { builtService, type Place } from './place.ts'
import { rebuildWith } from './rebuild.ts'
import { startLab } from './start.ts'

/** A lab on a Docker engine, through the Compose v2 command line: every server is a container. */
export const dockerRuntime = (place: Place): Runtime => ({
  ...onFiles(place, dockerWorld(place)),
  up: (report, signal) => startLab(place, report, signal),
  down: ({ data = false } = {}) => withoutNamelessVolumes(place, () => down(place, data)),
  server: (name) => container(place, name),
  status: () => status(place),
  request: (batch) => sendBatch(place, batch),
  hold: (request) => holdRequest(place, request),
  finish: (held) => finishRequest(place, held),
  recreate: (services) => recreate(place, services),
  rebuildWith: (files) => rebuildWith(place, files),
})

/** Repeated until nothing is left: a container that was just being made can escape one round. */
async function down(place: Place, data: boolean): Promise<void> {
  const volumes = data ? ['--volumes'] : []
  const args = ['down', '--remove-orphans', '--timeout', '2', ...volumes]
  let last = ''
  for (let round = 0; round < 4; round++) {
    const { exitCode, stderr } = await compose(place, args)
    if (exitCode === 0 && (await isGone(place))) {
      if (data && builtService(place)) await removeImages(place, 'all')
      return
    }
    last = stderr
  }
  throw new EnvironmentError(
    say(`The lab's servers could not be removed: ${last}`, `实验的服务器未能移除：${last}`),
    `docker compose -p ${place.project} down`,
  )
}

/** What `compose.yaml` asks for and is not there counts, too: as missing. */
async function status(place: Place): Promise<ServiceStatus[]> {
  const there = await readStatus(place)
  const wanted = await wantedServices(place)
  const missing = wanted.filter((name) => !there.some(({ service }) => service === name))
  return [...there, ...missing.map((service) => ({ service, state: 'missing' as const }))]
}

async function recreate(place: Place, services: readonly string[]): Promise<void> {
  const names = services.map((service) => containerName(place, service))
  await docker(place, ['rm', '--force', '--volumes', ...names])
  const up = ['up', '--detach', '--pull', 'never', ...services]
  const { exitCode } = await compose(place, up)
  if (exitCode !== 0) throw await unhealthy(place, services[0] ?? '')
  await waitUntilHealthy(place, services)
}
