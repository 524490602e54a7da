import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * A pid is used again, a pid with its start time is not: field 22 of /proc/PID/stat (proc(5)),
 * counted from boot, so the boot's id belongs to it. On a Mac `ps` knows when it was started. Nothing
 * for a process that has ended, and on Windows.
 */
export function identityOf(pid: number): string | undefined {
  if (process.platform === 'win32') return undefined
  if (process.platform !== 'linux') return startedAt(pid)
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command's name, in brackets, may itself hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z') return undefined
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')
    return `${pid} ${fields[19] ?? ''} ${boot.trim()}`
  } catch {
    return undefined
  }
}

/** As `ps` of POSIX tells it: to the second, in words that do not depend on the reader's language. */
export function startedAt(pid: number): string | undefined {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  const args = ['-o', 'lstart=', '-p', String(pid)]
  const { stdout, status } = spawnSync('ps', args, { env, encoding: 'utf8' })
  return status === 0 && stdout.trim() ? `${pid} ${stdout.trim()}` : undefined
}

export function isAlive(identity: string): boolean {
  const pid = Number.parseInt(identity, 10)
  return pid > 0 && identityOf(pid) === identity
}

/** The command line of a process, or nothing where there is none. */
export function commandLineOf(pid: number): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return text.split('\0').filter((part) => part !== '')
  } catch {
    return []
  }
}
