/** Which processes belong to a machine. Run by Node itself: erasable types only. */
import { readdirSync, statSync } from 'node:fs'

/** Those whose network is the machine's, but for this very program. proc(5), namespaces(7). */
export function processesOf(machine: string): number[] {
  const place = inode(`/run/netns/${machine}`)
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => pid !== process.pid && inode(`/proc/${pid}/ns/net`) === place)
}

export function send(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, signal)
    } catch {
      // It has ended by itself.
    }
}

function inode(path: string): number | undefined {
  try {
    return statSync(path).ino
  } catch {
    return undefined
  }
}
