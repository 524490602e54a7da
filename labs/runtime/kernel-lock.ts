import { once } from 'node:events'
import { closeSync, constants, openSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface KernelLock {
  release(): void
}

/**
 * A lock that the kernel lets one process have, and takes back when that process dies, however it
 * dies: so a stale one cannot be. An abstract Unix socket (unix(7)), on Windows a named pipe; elsewhere
 * a file that open(2) locks. Nothing when another process has it.
 */
export async function tryLock(name: string): Promise<KernelLock | undefined> {
  const path = socketPath(name)
  if (!path) return tryToLockFile(join(tmpdir(), `${name}.lock`))
  const waiting = new Set<Socket>()
  const server = createServer((socket) => {
    waiting.add(socket)
    socket.on('error', () => {}).on('close', () => waiting.delete(socket))
    socket.write(`${process.pid}\n`)
  })
  server.listen({ path })
  try {
    await once(server, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined
    throw error
  }
  // Only now: a process that waits for nothing else would end before it has the lock.
  server.unref()
  return {
    release() {
      server.close()
      for (const socket of waiting) socket.destroy()
    },
  }
}

/** Whoever has the lock says its pid to a caller, and closes when it lets go. */
export const callHolder = (name: string): Socket => connect({ path: socketPath(name) ?? name })

function socketPath(name: string): string | undefined {
  if (process.platform === 'win32') return String.raw`\\.\pipe\${name}`
  return process.platform === 'linux' ? `\0${name}` : undefined
}

/** open(2) of macOS and the BSDs; Node has no names for these two. The lock ends with the process. */
const lockAtOnce = 0x20 | 0x4

function tryToLockFile(file: string): KernelLock | undefined {
  try {
    const { O_RDWR, O_CREAT } = constants
    const held = openSync(file, O_RDWR | O_CREAT | lockAtOnce, 0o600)
    return { release: () => closeSync(held) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined
    throw error
  }
}
