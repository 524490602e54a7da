/** One real server of one virtual service. */
export interface TableRow {
  /** `192.0.2.100:80` */
  readonly service: string
  readonly server: string
  readonly method: 'nat' | 'direct' | 'tunnel'
  readonly weight: number
}

const methods = { '-m': 'nat', '-g': 'direct', '-i': 'tunnel' } as const

/** `-a -t 192.0.2.100:80 -r 10.77.0.11:80 -m -w 1`: what `ipvsadm -Sn` prints. ipvsadm(8). */
export function parseTable(output: string): TableRow[] {
  return output.split('\n').flatMap((line) => {
    const [, service, server, how, weight] =
      /^-a -[tu] (\S+) -r (\S+) (-[mgi]) -w (\d+)/.exec(line) ?? []
    if (!service || !server) return []
    const method = methods[how as keyof typeof methods]
    return [{ service, server, method, weight: Number(weight) }]
  })
}

/** A connection as the director remembers it. */
export interface Connection {
  /** The client's address and port. */
  readonly client: string
  readonly service: string
  readonly server: string
}

/** `TCP 01:57 TIME_WAIT 192.0.2.50:51234 192.0.2.100:80 10.77.0.11:80`: `ipvsadm -Lnc`. */
export function parseConnections(output: string): Connection[] {
  return output.split('\n').flatMap((line) => {
    const [protocol, , , client, service, server] = line.trim().split(/\s+/)
    // Port 0 belongs to what a persistent service remembers of a reader, not to a connection.
    if (protocol !== 'TCP' || !client || !service || !server || client.endsWith(':0')) return []
    return [{ client, service, server }]
  })
}

export interface Counters {
  readonly in: number
  readonly out: number
}

/** `TCP 192.0.2.100:80 8 48 40 3000 4000`: connections, packets in and out, bytes in and out. */
export function parseCounters(output: string, service: string): Counters {
  const row = output.split('\n').find((line) => line.startsWith(`TCP  ${service} `))
  const [, , , inward = '0', outward = '0'] = row?.trim().split(/\s+/) ?? []
  return { in: Number(inward), out: Number(outward) }
}
