import { dirname, join } from 'node:path'
import type { Lab } from '../../catalog/catalog.ts'
import { imageOf } from '../../servers/kind/kinds.ts'

/** The engine's own kernel, or those that servers bring: guests of the engine's. */
export type Kernel = 'engine' | 'guest'

/** One run of a lab on this machine. Plain data: it crosses into the checks' own thread. */
export interface Place {
  readonly lab: Lab
  /** Compose project, `four-tiers-01-3f2a9c`. */
  readonly project: string
  /** The reader's folder. */
  readonly work: string
  /** The last good copy of it, which the servers read. */
  readonly live: string
  /** Host ports on 127.0.0.1, by the name of the variable that Compose reads. */
  readonly ports: Readonly<Record<string, number>>
  /** First three octets of the lab's own /24, such as `10.201.1`. */
  readonly subnet: string
  /** Keeps other programs from using the lab's client. */
  readonly token: string
  /** Before an image's name: empty for the official ones, `four-tiers/` for stand-ins. */
  readonly imagePrefix: string
  /** Of a lab that wants IPVS: whose kernel has it. */
  readonly kernel?: Kernel | undefined
  /** `DOCKER_HOST`, `PATH` and the like; empty for the engine of the machine. */
  readonly engine: Readonly<Record<string, string>>
}

export const agentPort = 'AGENT_PORT'

/** What the reader's files ask of Compose without being written for it. Beside the live folder. */
export const derivedComposeFile = (live: string) => join(dirname(live), 'derived.compose.json')

/** How often the engine asks the lab's own servers whether they are well. Beside the live folder. */
export const healthFile = (live: string) => join(dirname(live), 'health.compose.json')

/** What says which servers are the lab's own; the later file comes on top of the one before. */
export const ownComposeFiles = ({ lab, kernel }: Place): string[] => [
  join(lab.folder, 'compose.yaml'),
  ...(lab.ipvs && kernel === 'engine' ? [join(lab.folder, lab.ipvs.engine)] : []),
]

/** What the lab's own servers are read from beside it: servers of several labs, and the lab's defaults. */
export const sharedFiles = ({ lab }: Place): string[] => [
  join(dirname(lab.folder), 'servers.yaml'),
  join(lab.folder, '.env'),
]

/** The packages that an image is installed from, beside the live folder: a build fetches nothing. */
export const packagesFolder = (live: string) => join(dirname(live), 'packages')

/** The service whose image is the reader's own, where a lab has one. */
export const builtService = ({ lab }: Place): string | undefined => imageOf(lab.changes)?.service

/** What `compose.yaml` may interpolate. */
export function composeEnvironment(place: Place): Record<string, string> {
  const ports = Object.entries(place.ports).map(([name, port]) => [name, String(port)])
  return {
    ...place.engine,
    ...Object.fromEntries(ports),
    LAB_FILES: place.live,
    LAB_PACKAGES: packagesFolder(place.live),
    LAB_NET: place.subnet,
    LAB_TOKEN: place.token,
    IMAGE_PREFIX: place.imagePrefix,
  }
}
