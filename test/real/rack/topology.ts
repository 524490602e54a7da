/** Machines and the wires between them, as the guest kernel builds them. Plain data. */
export interface Topology {
  /** The names of the Ethernet switches. */
  readonly switches: readonly string[]
  /** `client` is always there: requests come from it. */
  readonly machines: Readonly<Record<string, Machine>>
}

export interface Machine {
  readonly ports: Readonly<Record<string, Port>>
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
