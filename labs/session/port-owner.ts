import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * Which process listens on this TCP port. Linux only, and only for processes that we may look into:
 * elsewhere nothing. `/proc/net/tcp`: local address, state `0A` = LISTEN, inode (proc(5)).
 */
export function portOwner(port: number): { pid: number; name: string } | undefined {
  try {
    const inodes = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => listening(file, port))
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
      if (holds(pid, inodes))
        return { pid: Number(pid), name: readFileSync(`/proc/${pid}/comm`, 'utf8').trim() }
  } catch {
    // No /proc here.
  }
  return undefined
}

function listening(file: string, port: number): string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(wanted) && state === '0A')
    .map((fields) => `socket:[${fields[9]}]`)
}

function holds(pid: string, inodes: readonly string[]): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) =>
      inodes.includes(readlinkSync(`/proc/${pid}/fd/${fd}`)),
    )
  } catch {
    return false
  }
}
