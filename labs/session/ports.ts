import { createServer } from 'node:net'
import { say } from '../language.ts'
import { EnvironmentError } from '../runtime/environment-error.ts'
import { portOwner } from './port-owner.ts'

/** Can this port of 127.0.0.1 be listened on? 0 asks for any. Returns the port, or nothing. */
export function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
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
  if (await tryPort(port)) return port
  const owner = portOwner(port)
  const by = owner
    ? say(` by pid ${owner.pid} (${owner.name})`, `，占用者是 pid ${owner.pid}（${owner.name}）`)
    : ''
  throw new EnvironmentError(
    say(`Port ${port} is in use${by}.`, `端口 ${port} 已被占用${by}。`),
    `npm run lab ${lab} -- --port ${port + 1}`,
  )
}
