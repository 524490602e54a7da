import type { Server } from './servers.ts'

/** Says where what has this name lives. */
export function createHomes(servers: readonly Server[]) {
  return (name: string, isAway: (server: Server) => boolean): Server => {
    // TODO task 1: web2 has the same servers in another order.
    // TODO tasks 2, 3, 5: as on a bookshelf, the first letter decides.
    // TODO task 4: who takes the place of one that is away?
    void isAway
    return servers[name.charCodeAt(0) % servers.length]!
  }
}
