import type { Change } from '../../catalog/definition.ts'
import { differing, findLacking, isChanged, readEdits } from '../docker/apply/apply.ts'
import { writeFiles } from '../docker/apply/files.ts'
import { onTrial } from '../docker/apply/trial.ts'
import type { Edit } from '../docker/apply/edit.ts'
import type { Place } from '../docker/place.ts'
import type { Applied, ExecResult, Problem } from '../runtime.ts'
import { parseBoot, parseKeepalived } from './problems.ts'

/** What applying needs of the machines. */
export interface Rack {
  exec(machine: string, command: readonly string[]): Promise<ExecResult>
  /** Sends them the live files. */
  put(): Promise<void>
  /** Switches a machine off and on: what it said when it could not come up. */
  boot(machine: string): Promise<string>
}

type MachineChange = Extract<Change, { by: 'keepalived' | 'restart' }>
const isOfMachines = (change: Change): change is MachineChange =>
  change.by === 'keepalived' || change.by === 'restart'

/**
 * Brings the reader's files to the machines. All of one kind are tried together: the directors'
 * files include each other. What is refused is taken back, so the live folder holds good files only.
 */
export async function applyToMachines(place: Place, rack: Rack): Promise<Applied> {
  const started = performance.now()
  const changed = readEdits(place).filter(isChanged)
  const problems = changed.flatMap((edit) => findLacking(place, edit))
  const files: string[] = []
  if (problems.length === 0)
    for (const by of ['keepalived', 'restart'] as const) {
      const edits = changed.filter(({ change }) => change.by === by)
      if (edits.length === 0) continue
      const refused = await tryEdits(place, rack, edits)
      problems.push(...refused)
      if (refused.length === 0) files.push(...edits.flatMap(differing))
    }
  const ms = performance.now() - started
  if (problems.length > 0) return { outcome: 'broken', problems, ms }
  return files.length > 0 ? { outcome: 'applied', files, ms } : { outcome: 'unchanged' }
}

function tryEdits(place: Place, rack: Rack, edits: readonly Edit[]): Promise<Problem[]> {
  return onTrial(place.live, async () => {
    let found: Problem[] | undefined
    try {
      for (const { change, now } of edits) writeFiles(place.live, change.files, now)
      await rack.put()
      return (found = await bring(rack, edits))
    } finally {
      if (found?.length !== 0) await takeBack(place, rack, edits)
    }
  })
}

async function takeBack(place: Place, rack: Rack, edits: readonly Edit[]): Promise<void> {
  for (const { change, before } of edits) writeFiles(place.live, change.files, before)
  await rack.put()
  for (const machine of concerned(edits, 'restart')) await rack.boot(machine)
}

async function bring(rack: Rack, edits: readonly Edit[]): Promise<Problem[]> {
  const directors = concerned(edits, 'keepalived')
  for (const machine of directors) {
    const file = `/lab/${machine}/keepalived.conf`
    const { exitCode, stdout, stderr } = await rack.exec(machine, ['keepalived', '-t', '-f', file])
    const problems = exitCode === 0 ? [] : parseKeepalived(`${stdout}\n${stderr}`, machine)
    if (problems.length > 0) return problems
  }
  for (const machine of directors)
    await rack.exec(machine, ['sh', '/machines/program.sh', 'reload'])
  for (const machine of concerned(edits, 'restart')) {
    const said = await rack.boot(machine)
    if (said) return parseBoot(said)
    const { exitCode, stdout, stderr } = await rack.exec(machine, ['sh', '/machines/booted.sh'])
    if (exitCode !== 0) return parseBoot(`${stdout}\n${stderr}`)
  }
  return []
}

const concerned = (edits: readonly Edit[], by: MachineChange['by']): string[] => {
  const changes = edits.map(({ change }) => change).filter(isOfMachines)
  return [...new Set(changes.filter((one) => one.by === by).flatMap(({ machines }) => machines))]
}
