import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Place } from '../runtime/docker/place.ts'
import { identityOf } from '../runtime/process-identity.ts'

/** Who runs a lab. Other commands (`break`, `load`, `logs`) read here where to find it. */
export interface Running {
  readonly pid: number
  /** Tells this process from a later one with its pid. */
  readonly identity?: string | undefined
  /** Absent while the lab starts. */
  readonly place?: Place
}

/** The live run, if any; what a killed one has left does not count. */
export function readRunning(file: string): Running | undefined {
  try {
    const running = JSON.parse(readFileSync(file, 'utf8')) as Running
    return isAlive(running) ? running : undefined
  } catch {
    return undefined
  }
}

/** Claims the lab for this process. Returns the other's run when there is one. */
export function claim(file: string): Running | undefined {
  mkdirSync(dirname(file), { recursive: true })
  const own = writeBeside(file, self())
  try {
    for (;;) {
      try {
        // A hard link appears whole or not at all, and never over another.
        linkSync(own, file)
        return undefined
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
        const other = readRunning(file)
        if (other && other.pid !== process.pid) return other
        rmSync(file, { force: true })
      }
    }
  } finally {
    rmSync(own, { force: true })
  }
}

/** Tells the other commands where the lab is, once it runs. */
export function announce(file: string, place: Place): void {
  renameSync(writeBeside(file, { ...self(), place }), file)
}

function writeBeside(file: string, running: Running): string {
  const own = `${file}.${process.pid}`
  // It holds the token of the lab's client.
  writeFileSync(own, JSON.stringify(running), { mode: 0o600 })
  return own
}

export function release(file: string): void {
  rmSync(file, { force: true })
}

const self = (): Running => ({ pid: process.pid, identity: identityOf(process.pid) })

/** Is the process of that pid the one that wrote this? Then, and only then, it may be sent a signal. */
export const isProven = ({ pid, identity }: Running): boolean =>
  identity !== undefined && identity === identityOf(pid)

/** A record without a birth says nothing, but where no process can tell its own (Windows). */
function isAlive(running: Running): boolean {
  if (running.identity !== undefined || self().identity !== undefined) return isProven(running)
  try {
    process.kill(running.pid, 0)
    return true
  } catch {
    return false
  }
}
