/**
 * Machines as network namespaces, cables as veth pairs, switches as bridges (ip-netns(8), veth(4),
 * bridge(8)). Run by Node itself: erasable types only.
 */
import { writeFileSync } from 'node:fs'
import type { Port, Topology } from '../topology.ts'
import { must } from './commands.mts'

/** Its namespace is there before the others: this very program lives in it. */
const client = 'client'

const ip = (lines: readonly string[], machine?: string) =>
  must('', ['ip', ...(machine ? ['-n', machine] : []), '-batch', '-'], `${lines.join('\n')}\n`)
const cable = (name: string, dev: string) => `${name}-${dev}`

/** Locally administered: RFC 9542, 2.1. */
function macOf({ machines }: Topology, name: string, dev: string): string {
  const hex = (number: number) => (number + 1).toString(16).padStart(2, '0')
  const ports = Object.keys(machines[name]?.ports ?? {})
  return `02:00:00:00:${hex(Object.keys(machines).indexOf(name))}:${hex(ports.indexOf(dev))}`
}

export async function layOut({ switches, machines }: Topology): Promise<void> {
  // Without snooping a bridge floods multicast, as a plain switch does.
  const lines = switches.flatMap((name) => [
    `link add ${name} type bridge mcast_snooping 0`,
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
export async function addMachine(topology: Topology, name: string): Promise<void> {
  if (name !== client) await ip([`netns add ${name}`])
  const cards = portsOf(topology, name)
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

/** The far ends are taken out of the switches: the machine itself sees its cable in place. */
export async function cut(topology: Topology, name: string): Promise<void> {
  await ip(portsOf(topology, name).map(([dev]) => `link set ${cable(name, dev)} nomaster`))
}

export async function mend(topology: Topology, name: string): Promise<void> {
  const lines = portsOf(topology, name).map(
    ([dev, port]) => `link set ${cable(name, dev)} master ${port.switch} up`,
  )
  if (lines.length > 0) await ip(lines)
}

const portsOf = ({ machines }: Topology, name: string): [string, Port][] =>
  Object.entries(machines[name]?.ports ?? {})
