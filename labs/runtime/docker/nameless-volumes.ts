import { docker, ofProject } from './docker-cli.ts'
import type { Place } from './place.ts'

/**
 * An image may ask for a volume that its user has not named: Docker makes one, and forgets it when
 * the container goes. Whatever `work` leaves behind without a container is removed after it.
 */
export async function withoutNamelessVolumes<Result>(
  place: Place,
  work: () => Promise<Result>,
): Promise<Result> {
  const before = await namelessVolumes(place)
  const result = await work()
  if (before.length === 0) return result
  const still = await namelessVolumes(place)
  const forgotten = before.filter((volume) => !still.includes(volume))
  if (forgotten.length > 0) await docker(place, ['volume', 'rm', '--force', ...forgotten])
  return result
}

/** Docker's own names are 64 hexadecimal digits. */
async function namelessVolumes(place: Place): Promise<string[]> {
  const list = await docker(place, ['ps', '--all', '--quiet', '--filter', ofProject(place.project)])
  const containers = list.stdout.split('\n').filter(Boolean)
  if (containers.length === 0) return []
  const format = '{{range .Mounts}}{{println .Name}}{{end}}'
  const { stdout } = await docker(place, ['inspect', '--format', format, ...containers])
  return stdout.split('\n').filter((name) => /^[0-9a-f]{64}$/.test(name))
}
