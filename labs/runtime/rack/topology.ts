/** Machines and the wires between them, as the guest kernel builds them. Plain data. */
export interface Topology {
  /** Ethernet switches, by name. */
  readonly switches: Readonly<Record<string, Switch>>
  /** `client` is always there: requests come from it. */
  readonly machines: Readonly<Record<string, Machine>>
}

export interface Switch {
  /** False: it drops multicast frames, as a switch does that snoops on IGMP and hears no querier. */
  readonly multicast?: boolean
}

export interface Machine {
  readonly ports: Readonly<Record<string, Port>>
  /** Run in the machine when it starts; the machine has ended when it ends. None: a bare machine. */
  readonly command?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** A network card, called eth0 or the like, and where its cable goes. */
export interface Port {
  readonly switch: string
  /** With the length of the prefix: `192.0.2.2/24`. */
  readonly addresses: readonly string[]
}

/** What a machine is asked to run. */
export interface ExecWish {
  readonly machine: string
  readonly command: readonly string[]
  readonly input?: string
}

export interface MachineStatus {
  readonly machine: string
  readonly state: 'running' | 'exited'
}
