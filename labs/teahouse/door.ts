import type { Server } from 'node:http'

interface Options {
  readonly server: Server
  readonly port: number
  readonly log: (line: string) => void
}

/**
 * The door is the listening socket. Open: connections are accepted. Shut: they are refused at once,
 * though the process lives, which is not at all like a machine that has vanished.
 */
export interface Door {
  open(): Promise<void>
  toggle(): void
  /** Nobody comes in any more; resolves when the last request has been answered, or time is up. */
  close(options: { readonly graceMs: number }): Promise<void>
  readonly isClosing: () => boolean
}

export function createDoor({ server, port: wanted, log }: Options): Door {
  let port = wanted
  let isShut = true
  let isClosing = false
  let alive: NodeJS.Timeout | undefined

  // A connection kept alive is idle once its request is answered: behind a shut door, hang up.
  server.on('request', (_, outgoing) => {
    outgoing.on('close', () => {
      if (isShut) setImmediate(() => server.closeIdleConnections())
    })
  })

  const open = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, () => {
        server.off('error', reject)
        const address = server.address()
        if (address && typeof address === 'object') port = address.port // 0 became a real one
        isShut = false
        clearInterval(alive)
        resolve()
      })
    })

  return {
    open,
    isClosing: () => isClosing,
    toggle() {
      if (isClosing) return
      if (isShut) {
        open().then(
          () => log(`door open: listening on port ${port} again`),
          (error: Error) => log(`door stays shut: ${error.message}`),
        )
        return
      }
      isShut = true
      alive = setInterval(() => {}, 60_000) // Node ends a process that waits for nothing
      server.close() // the listening socket, and every idle connection
      log(`door shut: connections to port ${port} are refused, requests in flight go on`)
    },
    async close({ graceMs }) {
      isClosing = true
      let timer: NodeJS.Timeout | undefined
      const drained = new Promise<void>((resolve) => server.close(() => resolve()))
      isShut = true
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(() => {
          server.closeAllConnections()
          resolve()
        }, graceMs)
      })
      await Promise.race([drained, late])
      clearTimeout(timer)
    },
  }
}
