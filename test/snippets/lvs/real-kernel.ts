import { RACK_IMAGE } from '../../../labs/runtime/docker/offline/catalog.ts'
import { bootGuest } from '../../real/rack/guest.ts'
import { takeEngine } from '../../real/engine.ts'

/** Milliseconds: hundreds of connections, on a machine that others use too. */
const patience = 500_000

/** Runs shell in a Linux kernel of its own, one with ip_vs, as root; returns all that it prints. */
export async function inRealKernel(script: string): Promise<string> {
  const engine = await takeEngine([RACK_IMAGE])
  try {
    const guest = await bootGuest({ engine, topology: { switches: [], machines: {} } })
    try {
      const { stdout, stderr } = await guest.exec('', ['sh', '-s'], script, patience)
      return `${stdout}\n${stderr}`
    } finally {
      await guest.close()
    }
  } finally {
    await engine.release()
  }
}
