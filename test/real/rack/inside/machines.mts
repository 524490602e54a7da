/** Builds what a topology wants. Run by Node itself: erasable types only. */
import type { Verb } from '../../../../labs/runtime/docker/client/serve.mts'
import type { Topology } from '../topology.ts'
import { addMachine, cut, layOut, mend } from './wires.mts'

let topology: Topology = { switches: [], machines: {} }

async function build(wanted: Topology): Promise<void> {
  topology = wanted
  await layOut(wanted)
  // One after the other: the guest has one processor.
  for (const name of Object.keys(wanted.machines)) await addMachine(topology, name)
}

export const machines: Readonly<Record<string, Verb>> = {
  '/build': build,
  '/cut': (name: string) => cut(topology, name),
  '/mend': (name: string) => mend(topology, name),
}
