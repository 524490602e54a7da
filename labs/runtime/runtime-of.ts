import { DockerRuntime } from './docker/docker-runtime.ts'
import type { Kernel, Place } from './docker/place.ts'
import { ContainersRuntime } from './rack/containers-runtime.ts'
import { GuestRuntime } from './rack/guest-runtime.ts'

const machinesIn: Readonly<Record<Kernel, new (place: Place) => DockerRuntime>> = {
  engine: ContainersRuntime,
  guest: GuestRuntime,
}

/** Where this lab's servers live: in containers, or as machines in a kernel of the lab's own. */
export const runtimeOf = (place: Place): DockerRuntime =>
  new (place.kernel ? machinesIn[place.kernel] : DockerRuntime)(place)
