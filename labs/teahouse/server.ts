import { createServer } from 'node:http'
import { createDoor } from './door.ts'
import { EnvError } from './env.ts'
import { openForum } from './open-forum.ts'
import { createLog } from './request-log.ts'

/** Requests in flight may finish; docker stop and its ten seconds should never be noticed. */
const GRACE_MS = 800

const { log, flush } = createLog((text) => process.stdout.write(text))

async function main(): Promise<void> {
  // Longer than any proxy keeps a connection (nginx: 60 s), so that it hangs up first: a request
  // sent on a connection that we are just closing would be lost.
  const server = createServer({ keepAliveTimeout: 65_000 })
  const forum = await openForum(process.env, { log, isClosing: () => door.isClosing() })
  const door = createDoor({ server, port: forum.port, log })
  server.on('request', forum.listener)

  const stop = async (signal: string) => {
    if (door.isClosing()) return
    log(`${signal}: closing`)
    await door.close({ graceMs: GRACE_MS })
    log('closed')
    flush()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('SIGUSR2', () => door.toggle())
  await door.open()
  const address = server.address()
  log(`${forum.name} listens on port ${address && typeof address === 'object' ? address.port : ''}`)
}

main().catch((error: unknown) => {
  flush()
  const isPlain = error instanceof EnvError || (error as { syscall?: string }).syscall === 'listen'
  const text = isPlain ? (error as Error).message : (error as Error).stack
  process.stderr.write(`${text}\n`)
  process.exit(1)
})
