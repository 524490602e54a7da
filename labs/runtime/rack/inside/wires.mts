/**
 * Machines as network namespaces, cables as veth pairs, switches as bridges (ip-netns(8), veth(4),
 * bridge(8)). Run by Node itself: erasable types only.
 */
import { existsSync, writeFileSync } from 'node:fs'
import type { Machine, Port, Topology } from '../topology.ts'
import { must } from './commands.mts'

/** Namespaces outlive no machine, but the client: this very program lives in its own. */
export const client = 'client'
export const exists = (name: string) => existsSync(`/run/netns/${name}`)

const ip = (lines: readonly string[], machine?: string) =>
  must('', ['ip', ...(machine ? ['-n', machine] : []), '-batch', '-'], `${lines.join('\n')}\n`)
const cable = (name: string, dev: string) => `${name}-${dev}`

/** A card keeps its address when its machine is made anew: the neighbours remember it. RFC 9542, 2.1. */
function macOf({ machines }: Topology, name: string, dev: string): string {
  const hex = (number: number) => (number + 1).toString(16).padStart(2, '0')
  const ports = Object.keys(machines[name]?.ports ?? {})
  return `02:00:00:00:${hex(Object.keys(machines).indexOf(name))}:${hex(ports.indexOf(dev))}`
}

export async function layOut({ switches, machines }: Topology): Promise<void> {
  // Without snooping the bridge floods what its ports let pass: see mend().
  const bridge = 'type bridge mcast_snooping 0'
  const lines = Object.keys(switches).flatMap((name) => [
    `link add ${name} ${bridge}`,
    `link set ${name} up`,
  ])
  if (lines.length > 0) await ip(lines)
  const hosts = Object.entries(machines).flatMap(([name, { ports }]) => {
    const [address] = Object.values(ports).flatMap((port) => port.addresses)
    return address ? [`${address.split('/')[0]} ${name}`] : []
  })
  writeFileSync('/run/hosts', `127.0.0.1 localhost\n${hosts.join('\n')}\n`)
}

/** A machine with its cards and addresses, and its cables plugged in. */
export async function addMachine(topology: Topology, name: string, { ports }: Machine) {
  if (name !== client) await ip([`netns add ${name}`])
  const cards = Object.entries(ports)
  if (cards.length > 0)
    await ip(
      cards.map(([dev]) => {
        const card = `name ${dev} address ${macOf(topology, name, dev)} netns ${name}`
        return `link add ${cable(name, dev)} type veth peer ${card}`
      }),
    )
  const inside = cards.flatMap(([dev, { addresses }]) => [
    ...addresses.map((address) => `addr add ${address} dev ${dev}`),
    `link set ${dev} up`,
  ])
  await ip(['link set lo up', ...inside], name)
  await mend(topology, name)
}

/** Power off: the cables first, so that no program can say goodbye. */
export async function pullOut(topology: Topology, name: string): Promise<void> {
  const cables = portsOf(topology, name).map(([dev]) => `link del ${cable(name, dev)}`)
  if (cables.length > 0) await ip(cables)
}

export const removeMachine = (name: string) => ip([`netns del ${name}`])

/** The far ends are taken out of the switches: the machine itself sees its cable in place. */
export async function cut(topology: Topology, name: string): Promise<void> {
  await ip(portsOf(topology, name).map(([dev]) => `link set ${cable(name, dev)} nomaster`))
}

export async function mend(topology: Topology, name: string): Promise<void> {
  const lines = portsOf(topology, name).flatMap(([dev, port]) => {
    const flood = topology.switches[port.switch]?.multicast === false ? 'off' : 'on'
    const far = cable(name, dev)
    return [
      `link set ${far} master ${port.switch} up`,
      `link set ${far} type bridge_slave mcast_flood ${flood}`,
    ]
  })
  if (lines.length > 0) await ip(lines)
}

const portsOf = ({ machines }: Topology, name: string): [string, Port][] =>
  Object.entries(machines[name]?.ports ?? {})
