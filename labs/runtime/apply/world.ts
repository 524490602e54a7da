import type { World } from '../../servers/kind/world.ts'
import type { ServiceStatus } from '../runtime.ts'

/** What applying needs of the world that a lab runs in. */
export interface LabWorld extends World {
  /** Brings the live files to the servers, where they do not read that folder itself. */
  put(): Promise<void>
  /** Has just those servers run that the live files ask for: what did not go well. */
  bringUp(): Promise<Fallen | Refused | undefined>
}

/** A server that does not come up, and what it said last. */
export interface Fallen extends ServiceStatus {
  readonly words: string
}

/** What Compose said instead of starting anything. */
export interface Refused {
  readonly refused: string
}
