import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'
import { RACK_IMAGE } from '../../../labs/runtime/docker/offline/catalog.ts'
import type { Answer, ExecResult, RequestBatch } from '../../../labs/runtime/runtime.ts'
import { askRack, untilReady } from './ask.ts'
import type { Topology } from './topology.ts'

/** A Linux kernel with IPVS of its own, in one plain container, and machines in it. */
export interface Guest {
  /**
   * Runs a command in a machine; in the kernel's own network, where the switches are, as ''. An error
   * after `ms` milliseconds, two minutes unless told.
   */
  exec(
    machine: string,
    command: readonly string[],
    input?: string,
    ms?: number,
  ): Promise<ExecResult>
  /** Sends requests from the machine `client`. */
  request(batch: RequestBatch): Promise<Answer[]>
  /** Makes `folder` hold these files (path → content) and no others, such as '/lab'. */
  put(folder: string, files: Readonly<Record<string, string>>): Promise<void>
  /** Takes the far ends of its cables out of the switches, or plugs them in again. */
  cut(machine: string): Promise<void>
  mend(machine: string): Promise<void>
  close(): Promise<void>
}

export interface GuestWish {
  /** With the image `RACK_IMAGE` in it. */
  readonly engine: Pick<Engine, 'env' | 'imagePrefix'>
  readonly topology: Topology
  /** Folders of the host, read-only: absolute path in the guest → path here. */
  readonly folders?: Readonly<Record<string, string>>
  /** Of the guest kernel. Default 512M. */
  readonly memory?: string
}

/** What the programs of the guest are made of, at the same paths as here. */
const parts = ['labs/runtime', 'test/real/rack']
const project = fileURLToPath(new URL('../../..', import.meta.url))
const gateway = [
  'node',
  '--disable-warning=ExperimentalWarning',
  '/project/test/real/rack/outside/gateway.mts',
]

/** What the container may not do, and what it needs: memory that can be mapped as a program. */
const options = [
  ...['--detach', '--rm', '--init', '--read-only', '--cap-drop', 'ALL', '--user', '65534'],
  ...['--security-opt', 'no-new-privileges', '--memory', '1g', '--pull', 'never'],
  ...['--tmpfs', '/tmp:exec,mode=1777,size=900m', '--publish', '127.0.0.1::3999'],
]

/** Boots the guest and builds the machines: about 4 s. The caller closes it, whatever happens. */
export async function bootGuest(wish: GuestWish): Promise<Guest> {
  const { engine, topology, folders = {}, memory = '512M' } = wish
  const { env } = engine
  const docker = (...args: string[]) => execa('docker', args, { env })
  const token = randomBytes(16).toString('hex')
  const own = parts.map((part) => [`/project/${part}`, join(project, part)] as const)
  const mounts = [...Object.entries(folders), ...own]
  const { stdout: id } = await docker(
    'run',
    ...options,
    ...mounts.flatMap(([inside, here]) => ['--volume', `${here}:${inside}:ro`]),
    ...['--env', `AGENT_TOKEN=${token}`, '--env', `GUEST_MEMORY=${memory}`],
    engine.imagePrefix + RACK_IMAGE,
    ...gateway,
  )
  const close = async () =>
    void (await execa('docker', ['rm', '--force', id], { env, reject: false }))
  try {
    const { stdout: published } = await docker('port', id, '3999/tcp')
    const port = Number(published.split(':').at(-1))
    const ask = <T>(path: string, wanted: unknown = {}, ms?: number) =>
      askRack<T>({ port, token }, path, wanted, ms)
    await untilReady({ port, token })
    await ask('/build', topology)
    return {
      exec: (machine, command, input, ms) => ask('/exec', { machine, command, input }, ms),
      request: (batch) => ask('/', batch),
      put: (folder, files) => ask('/put', { folder, files }),
      cut: (machine) => ask('/cut', machine),
      mend: (machine) => ask('/mend', machine),
      close,
    }
  } catch (error) {
    const { all } = await execa('docker', ['logs', id], { env, reject: false, all: true })
    await close()
    throw new Error(`The guest ended: ${all}`, { cause: error })
  }
}
