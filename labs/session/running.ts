import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Place } from '../runtime/docker/place.ts'
import { tryLock } from '../runtime/kernel-lock.ts'
import { identityOf } from '../runtime/process-identity.ts'

/** Who runs a lab. Other commands (`break`, `load`, `logs`) read here where to find it. */
export interface Running {
  readonly pid: number
  /** Tells this process from a later one with its pid. */
  readonly identity?: string | undefined
  /** Absent while the lab starts. */
  readonly place?: Place
}

/** The lab is this process's own until it lets go of it, or dies. */
export interface Claim {
  /** Tells the other commands where the lab is, once it runs. */
  announce(place: Place): void
  release(): void
}

/** The process that has the lab; without a pid where its record is gone. */
export interface Other {
  readonly pid?: number | undefined
}

/** The live run, if any; what a killed one has left does not count. */
export function readRunning(file: string): Running | undefined {
  const running = readRecord(file)
  return running && isAlive(running) ? running : undefined
}

function readRecord(file: string): Running | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Running
  } catch {
    return undefined
  }
}

/** Milliseconds until who has just taken the lab, or is about to let go of it, has said so. */
const moment = 2000

/** Claims the lab for this process: the kernel says whose it is, the record only where it is. */
export async function claim(file: string): Promise<Claim | { readonly other: Other }> {
  mkdirSync(dirname(file), { recursive: true })
  const name = lockName(file)
  for (const deadline = performance.now() + moment; ; await pause(20)) {
    const lock = await tryLock(name)
    if (lock) {
      const self = { pid: process.pid, identity: identityOf(process.pid) }
      try {
        write(file, self)
      } catch (error) {
        // The disk is full: this process lives on, and may try again.
        lock.release()
        throw error
      }
      return {
        announce: (place) => write(file, { ...self, place }),
        release() {
          if (readRecord(file)?.pid === process.pid) rmSync(file, { force: true })
          lock.release()
        },
      }
    }
    const other = readRunning(file)
    if (other ?? performance.now() > deadline) return { other: { pid: other?.pid } }
  }
}

/** One name for one file, whichever way leads to its folder. */
function lockName(file: string): string {
  const path = join(realpathSync(dirname(file)), basename(file))
  return `four-tiers-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`
}

/** Whole or not at all. */
function write(file: string, running: Running): void {
  const own = `${file}.${process.pid}`
  // It holds the token of the lab's client.
  writeFileSync(own, JSON.stringify(running), { mode: 0o600 })
  renameSync(own, file)
}

/** Is the process of that pid the one that wrote this? Then, and only then, it may be sent a signal. */
export const isProven = ({ pid, identity }: Running): boolean =>
  identity !== undefined && identity === identityOf(pid)

/** A record without a birth says nothing, but where no process can tell its own (Windows). */
function isAlive(running: Running): boolean {
  if (running.identity !== undefined || identityOf(process.pid) !== undefined)
    return isProven(running)
  try {
    process.kill(running.pid, 0)
    return true
  } catch {
    return false
  }
}
