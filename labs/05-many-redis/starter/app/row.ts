import { createHomes } from './homes.ts'
import { type Client, connect } from './redis-client.ts'
import { readServers, type Server } from './servers.ts'

/** All Redis that this web server has been told of. */
export function openRow(redisUrl: string) {
  const servers = readServers(redisUrl)
  const clients = new Map(servers.map((server) => [server.name, connect(server)]))
  const clientOf = ({ name }: Server): Client => clients.get(name)!
  const isAway = (server: Server) => clientOf(server).isAway()
  const homeOf = createHomes(servers)
  return {
    /** The one where what has this name lives just now. */
    home: (name: string): Client => clientOf(homeOf(name, isAway)),
    // TODO task 6: for what half the world wants, one home is not enough.
    all: (): readonly Client[] => [...clients.values()],
  }
}
