import { readFileSync } from 'node:fs'

/**
 * A pid is used again, a pid with its start time is not: field 22 of /proc/PID/stat (proc(5)),
 * counted from boot, so the boot's id belongs to it. Nothing for a process that has ended, and
 * where there is no /proc.
 */
export function identityOf(pid: number): string | undefined {
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
