import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Engine } from '../../../labs/runtime/docker/engine.ts'

/** A second door to the engine, which a test may shut: to those who came through it, it has stopped. */
export class EngineDoor {
  readonly env: NodeJS.ProcessEnv
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(env: NodeJS.ProcessEnv, server: Server) {
    this.env = env
    this.#server = server
  }

  static async open({ env, imagePrefix }: Engine): Promise<EngineDoor> {
    const engine = (
      env.DOCKER_HOST ??
      process.env.DOCKER_HOST ??
      'unix:///var/run/docker.sock'
    ).replace('unix://', '')
    const path = join(mkdtempSync(join(tmpdir(), 'door-')), 'docker.sock')
    const server = createServer()
    const door = new EngineDoor(
      {
        ...env,
        DOCKER_HOST: `unix://${path}`,
        // To the command this is the machine's own engine, with whatever images are in it.
        FOUR_TIERS_ENGINE: '',
        FOUR_TIERS_OFFLINE: imagePrefix && '1',
      },
      server,
    )
    server.on('connection', (socket) => door.#join(socket, connect(engine)))
    await new Promise<void>((resolve) => server.listen(path, resolve))
    return door
  }

  close(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
    rmSync(dirname(this.env.DOCKER_HOST!.replace('unix://', '')), { recursive: true, force: true })
  }

  #join(from: Socket, to: Socket): void {
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      this.#sockets.add(one)
      one.on('error', () => other.destroy()).on('close', () => this.#sockets.delete(one))
      one.pipe(other)
    }
  }
}
