import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { execa } from 'execa'
import { afterAll, beforeAll } from 'vitest'
import { ofProject } from '../../../labs/runtime/docker/docker-cli.ts'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { takeEngine } from '../../real/engine.ts'
import { projectName } from '../../../labs/session/project-name.ts'
import { labCalled } from '../lab-under-test.ts'
import { Reader } from './reader.ts'

/** The engine that the labs of these tests run on. */
export const engineOfTests = (): Promise<Engine> => takeEngine(labCalled('load-balancer').images)

/** For all tests of a file: a reader with a copy of the book, and the engine of their labs. */
export function readerOnEngine(
  take: (given: { readonly reader: Reader; readonly engine: Engine }) => void,
): void {
  let reader: Reader | undefined
  let engine: Engine | undefined
  beforeAll(async () => {
    reader = new Reader()
    engine = await engineOfTests()
    take({ reader, engine })
  })
  // What a file itself does after all its tests comes before this.
  afterAll(async () => {
    await reader?.leave()
    await engine?.release()
  })
}

export async function docker(
  { env }: Pick<Engine, 'env'>,
  ...args: readonly string[]
): Promise<string> {
  const { stdout } = await execa('docker', args, { env })
  return stdout
}

type Copy = Pick<Reader, 'folder' | 'lab'>

export const containerOf = ({ folder, lab }: Copy, service: string) =>
  `${projectName(lab, folder)}-${service}-1`

/** Containers, networks, processes and notes of the lab in this copy of the book. */
export async function whatIsLeft(engine: Engine, { folder, lab }: Copy): Promise<string[]> {
  const filter = ofProject(projectName(lab, folder))
  const lines = (text: string) => text.split('\n').filter(Boolean)
  const [containers, networks] = await Promise.all([
    docker(engine, 'ps', '--all', '--filter', filter, '--format', '{{.Names}}'),
    docker(engine, 'network', 'ls', '--filter', filter, '--format', '{{.Name}}'),
  ])
  const note = `${folder}/.four-tiers/labs/${lab.slug}/running.json`
  return [
    ...lines(containers),
    ...lines(networks),
    ...processesOf(folder),
    ...(existsSync(note) ? [note] : []),
  ]
}

/** Whatever works in the copy, or names it on its command line. */
function processesOf(folder: string): string[] {
  if (!existsSync('/proc')) return []
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return []
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const works = readlinkSync(`/proc/${pid}/cwd`).startsWith(folder)
      return works || command.includes(folder) ? [`${pid} ${command}`] : []
    } catch {
      return []
    }
  })
}
