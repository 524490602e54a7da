import { dockerRuntime } from './docker/docker-runtime.ts'
import type { Place } from './docker/place.ts'
import { machinesRuntime } from './machines/machines-runtime.ts'
import type { Runtime } from './runtime.ts'

/** Every server is a container; some labs make machines of them, or kernels. */
export const runtimeOf = (place: Place): Runtime =>
  (place.lab.machines.length > 0 || place.lab.ipvs ? machinesRuntime : dockerRuntime)(place)
