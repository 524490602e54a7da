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
  let turn = 0
  return {
    /** The one where what has this name lives just now. */
    home: (name: string): Client => clientOf(homeOf(name, isAway)),
    /** One after the other: for what lives on all of them. */
    next(): Client {
      const here = servers.filter((server) => !isAway(server))
      const from = here.length > 0 ? here : servers
      return clientOf(from[turn++ % from.length]!)
    },
    all: (): readonly Client[] => [...clients.values()],
  }
}
