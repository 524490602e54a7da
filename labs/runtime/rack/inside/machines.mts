/** The machines' lives. Run by Node itself: erasable types only. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import type { Verb } from '../../docker/client/serve.mts'
import type { MachineStatus, Topology } from '../topology.ts'
import { start as startProgram } from './commands.mts'
import { processesOf, send } from './processes.mts'
import { addMachine, client, cut, exists, layOut, mend, pullOut, removeMachine } from './wires.mts'

let topology: Topology = { switches: {}, machines: {} }
const programs = new Map<string, ChildProcess>()
/** Without power. What is left of them goes at the next start: to clear a namespace away takes the
 * kernel half a second, in which no other machine can take an address over. */
const dark = new Set<string>()

async function build(wanted: Topology): Promise<void> {
  topology = wanted
  await layOut(wanted)
  // One after the other: the guest has one processor.
  for (const name of Object.keys(wanted.machines)) await start(name)
}

/** Whatever the machine had in its memory is gone: it is made anew. */
async function start(name: string): Promise<void> {
  const machine = topology.machines[name]
  if (!machine) throw new Error(`no machine ${name}`)
  await remove(name)
  await addMachine(topology, name, machine)
  if (!machine.command) return
  const log = openSync(`/run/log/${name}`, 'a')
  const stdio = ['ignore' as const, log, log]
  programs.set(name, startProgram(name, machine.command, { env: machine.env, stdio }))
}

async function kill(name: string): Promise<void> {
  if (!exists(name) || dark.has(name)) return
  dark.add(name)
  await pullOut(topology, name)
  await endPrograms(name)
}

async function endPrograms(name: string): Promise<void> {
  const program = programs.get(name)
  const ended = program && isAlive(program) ? once(program, 'exit') : undefined
  send(processesOf(name), 'SIGKILL')
  await ended
}

async function remove(name: string): Promise<void> {
  if (name === client || !exists(name)) return
  await kill(name)
  await removeMachine(name)
  dark.delete(name)
}

const isAlive = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null

async function status(): Promise<MachineStatus[]> {
  return Object.entries(topology.machines).map(([machine, { command }]) => {
    const program = programs.get(machine)
    const runs =
      exists(machine) && !dark.has(machine) && (!command || (program && isAlive(program)))
    return { machine, state: runs ? 'running' : 'exited' }
  })
}

export const machines: Readonly<Record<string, Verb>> = {
  '/build': build,
  '/start': start,
  '/kill': kill,
  '/cut': (name: string) => cut(topology, name),
  '/mend': (name: string) => mend(topology, name),
  '/status': status,
}
