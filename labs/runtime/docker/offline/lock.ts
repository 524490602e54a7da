import { connect, createServer, type Server, type Socket } from 'node:net'
import { once } from 'node:events'

/**
 * One at a time, among processes. The lock is an abstract Unix socket (unix(7)): the kernel lets
 * one process bind a name and takes it back when that process dies, however it dies, so a stale
 * lock cannot be. Who waits connects, is told the holder's pid, and wakes when the holder lets go.
 */
export async function withLock<T>(
  name: string,
  work: () => Promise<T>,
  { onWait, signal }: { onWait?: (pid: number) => void; signal?: AbortSignal | undefined } = {},
): Promise<T> {
  let lock = await tryLock(name)
  while (!lock) {
    signal?.throwIfAborted()
    await holderGone(name, onWait, signal)
    lock = await tryLock(name)
  }
  try {
    return await work()
  } finally {
    lock.release()
  }
}

async function tryLock(name: string): Promise<{ release(): void } | undefined> {
  const waiting = new Set<Socket>()
  const server: Server = createServer((socket) => {
    waiting.add(socket)
    socket.on('error', () => {}).on('close', () => waiting.delete(socket))
    socket.write(`${process.pid}\n`)
  })
  server.listen({ path: `\0${name}` })
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

function holderGone(
  name: string,
  onWait?: (pid: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ path: `\0${name}` })
    const leave = (): void => void socket.destroy()
    signal?.addEventListener('abort', leave, { once: true })
    socket.once('data', (data) => onWait?.(Number.parseInt(String(data), 10)))
    socket.on('error', () => {})
    socket.once('close', () => {
      signal?.removeEventListener('abort', leave)
      resolve()
    })
  })
}
