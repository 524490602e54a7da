import { dockerRuntime } from './docker/docker-runtime.ts'
import type { Kernel, Place } from './docker/place.ts'
import { containersRuntime } from './rack/containers-runtime.ts'
import { guestRuntime } from './rack/guest-runtime.ts'
import type { Runtime } from './runtime.ts'

const machinesIn: Readonly<Record<Kernel, (place: Place) => Runtime>> = {
  engine: containersRuntime,
  guest: guestRuntime,
}

/** Where this lab's servers live: in containers, or as machines in a kernel of the lab's own. */
export const runtimeOf = (place: Place): Runtime =>
  (place.kernel ? machinesIn[place.kernel] : dockerRuntime)(place)
