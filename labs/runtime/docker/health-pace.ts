import { writeFileSync } from 'node:fs'
import { resolveConfig, readOwnConfig } from './compose-config.ts'
import { serverApi } from './docker-cli.ts'
import { healthFile, type Place } from './place.ts'

/** Docker's API 1.44 (Engine 25) is the first that knows `start_interval`; older ones refuse it. */
const minorVersion = 44

/**
 * Each question after a server's health starts a process in its container: seven servers asked every
 * second keep a third of a processor busy. https://docs.docker.com/reference/compose-file/services/#healthcheck
 */
const pace = { start_period: '60s', start_interval: '500ms', interval: '30s', retries: 3 }

/**
 * The lab's own servers are asked often until they are well, and seldom from then on, where the engine
 * can do so. The reader's servers are asked as the reader says.
 */
export async function setHealthPace(place: Place): Promise<void> {
  const write = (services: object) =>
    writeFileSync(healthFile(place.live), JSON.stringify({ services }))
  const isAble = (await serverApi(place)) >= minorVersion
  write(isAble ? await pacedServices(place) : {})
  // A Compose older than 2.20 has not heard of it, whatever its engine can do.
  if (isAble && (await resolveConfig(place)).exitCode !== 0) write({})
}

/** What is laid over the Compose file. */
export async function pacedServices(
  place: Place,
): Promise<Record<string, { readonly healthcheck: object }>> {
  const { services } = await readOwnConfig(place)
  return Object.fromEntries(
    Object.entries(services).flatMap(([name, { healthcheck }]) =>
      healthcheck ? [[name, { healthcheck: pace }]] : [],
    ),
  )
}
