import { DockerRuntime } from './docker/docker-runtime.ts'
import type { Place } from './docker/place.ts'
import { GuestRuntime } from './rack/guest-runtime.ts'

/** Where this lab's servers live: in containers, or as machines in a kernel of the lab's own. */
export const runtimeOf = (place: Place): DockerRuntime =>
  place.lab.machines === undefined ? new DockerRuntime(place) : new GuestRuntime(place)
