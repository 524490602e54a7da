import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import { RACK_IMAGE } from '../../labs/runtime/docker/offline/catalog.ts'
import { bootGuest, type Guest } from '../real/rack/guest.ts'
import type { Answer, LabRequest } from '../../labs/runtime/runtime.ts'
import { claimsOn, type Versions } from './claim.ts'
import { Containers } from './containers.ts'
import { topology, vip } from './lvs/topology.ts'

const files = fileURLToPath(new URL('./lvs', import.meta.url))

/** A real kernel with IPVS, and the machines of lvs/topology.ts in it. Files of lvs/ are in /app. */
export class Rack {
  readonly guest: Guest
  versions: Versions = {}

  constructor(guest: Guest) {
    this.guest = guest
  }

  static async boot(containers: Containers): Promise<Rack> {
    const rack = new Rack(
      await bootGuest({ engine: containers, topology, folders: { '/app': files } }),
    )
    try {
      await rack.run('', 'sh /app/network.sh')
      const said = await rack.run('', 'uname -r; keepalived --version 2>&1; nginx -v 2>&1')
      const version = (pattern: RegExp) => pattern.exec(said)?.[1] ?? said
      rack.versions = {
        Linux: version(/^(\d+(?:\.\d+)+)/),
        keepalived: version(/Keepalived v(\d\S+)/),
        nginx: version(/nginx\/(\d\S+)/),
      }
      return rack
    } catch (error) {
      await rack.guest.close()
      throw error
    }
  }

  /** A line for the shell in a machine; in the kernel's own network, as ''. A failure is an error. */
  async run(machine: string, line: string): Promise<string> {
    const { exitCode, stdout, stderr } = await this.guest.exec(machine, ['sh', '-c', line])
    if (exitCode !== 0) throw new Error(`${machine}: ${line}: ${stderr || stdout}`)
    return stdout
  }

  /** Until the line succeeds there; how many milliseconds that took. */
  async until(machine: string, line: string, seconds = 30): Promise<number> {
    const started = performance.now()
    await this.run(
      machine,
      `timeout ${seconds} sh -c ${quoted(`until ${line}; do sleep 0.02; done`)}`,
    )
    return performance.now() - started
  }

  /** The same request from the client, `count` times, each over a connection of its own. */
  ask(count: number, wanted: Partial<LabRequest> = {}): Promise<Answer[]> {
    const request: LabRequest = { path: '/', to: vip, ...wanted }
    return this.guest.request({ requests: Array<LabRequest>(count).fill(request) })
  }

  /** What is in the director's table: lines for `ipvsadm -R`, or nothing. */
  table(director: string, rules: string): Promise<string> {
    return this.run(director, `ipvsadm -R <<end\n-C\n${rules.trim()}\nend`)
  }
}

export const quoted = (line: string) => `'${line.replaceAll("'", `'\\''`)}'`

/** A rack that is there while the claims of one test file are tried. */
export function openRack(testFile: string, prepare: (rack: Rack) => Promise<unknown>) {
  let containers: Containers | undefined
  let rack: Rack | undefined
  beforeAll(async () => {
    containers = await Containers.open(testFile, [RACK_IMAGE])
    rack = await Rack.boot(containers)
    await prepare(rack)
  })
  afterAll(async () => {
    await rack?.guest.close()
    await containers?.close()
  })
  return {
    get rack() {
      return rack!
    },
    claim: claimsOn(() => rack!.versions),
  }
}
