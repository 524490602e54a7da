import { callHolder, tryLock } from '../../kernel-lock.ts'

/**
 * One at a time, among processes. Who waits connects, is told the holder's pid, and wakes when the
 * holder lets go.
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

function holderGone(
  name: string,
  onWait?: (pid: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const socket = callHolder(name)
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
