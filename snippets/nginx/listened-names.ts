import type { Socket } from './choose-virtual-server.ts'
import { takes } from './endpoints.ts'
import type { VirtualServer } from './read-server.ts'

/** A name in a `listen`: nginx asks the system for its addresses when it starts. */
export interface ListenedName {
  readonly host: string
  readonly line: number
}

/** Those that may, or may not, point to where the connection came in. */
export const namesListened = (
  servers: readonly VirtualServer[],
  { address, port }: Socket,
): readonly ListenedName[] =>
  servers
    .flatMap(({ listens }) => listens)
    .filter((listen) => takes(listen, port) && !listen.isQuic)
    .flatMap(({ address: at, host, line }) =>
      host !== undefined && (at === host || at === address) ? [{ host, line }] : [],
    )
