import { readFileSync } from 'node:fs'

/**
 * When a process began, in the kernel's ticks since a certain boot: a pid is given again, a pid with
 * its birth is not. Field 22 of /proc/PID/stat (proc(5)); nothing where there is no /proc.
 */
export function processBirth(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The command's name, in brackets, may itself hold spaces and brackets.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${ticks} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`
  } catch {
    return undefined
  }
}
