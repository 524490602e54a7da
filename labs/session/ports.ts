import { createServer } from 'node:net'
import { say } from '../language.ts'
import { EnvironmentError } from '../runtime/environment-error.ts'
import { nextPort } from '../runtime/next-port.ts'
import { portOwner } from './port-owner.ts'

/** Can this port of 127.0.0.1 be listened on? 0 asks for any. Returns the port, or nothing. */
export const tryPort = (port: number): Promise<number | undefined> =>
  listenOn(port).catch(() => undefined)

function listenOn(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      const got = typeof address === 'object' && address ? address.port : undefined
      server.close(() => resolve(got))
    })
  })
}

/**
 * The port we like, or the next free one of the twenty that begin with it, or any. `start` of the
 * twenty is where the search begins.
 */
export async function freePort(
  prefer: number,
  taken: ReadonlySet<number>,
  start = 0,
): Promise<number> {
  for (let i = 0; i < 20; i++) {
    const port = prefer + ((start + i) % 20)
    if (!taken.has(port) && (await tryPort(port))) return port
  }
  return (await tryPort(0)) ?? prefer
}

/** The port that the reader asked for: taken is an error, not an invitation to choose another. */
export async function demandPort(port: number, lab: number): Promise<number> {
  try {
    await listenOn(port)
    return port
  } catch (error) {
    throw notFree(port, lab, (error as NodeJS.ErrnoException).code)
  }
}

function notFree(port: number, lab: number, code: string | undefined): EnvironmentError {
  const next = `npm run lab ${lab} -- --port ${nextPort(port)}`
  if (code === 'EACCES')
    return new EnvironmentError(
      say(`Port ${port} is one that only root may listen on.`, `端口 ${port} 只有 root 才能监听。`),
      next,
    )
  const owner = portOwner(port)
  const by = owner
    ? say(` by pid ${owner.pid} (${owner.name})`, `，占用者是 pid ${owner.pid}（${owner.name}）`)
    : ''
  return new EnvironmentError(
    say(`Port ${port} is in use${by}.`, `端口 ${port} 已被占用${by}。`),
    next,
  )
}
