import { expect } from 'vitest'
import type { Containers } from './containers.ts'

const password = 'tea'
const settings = {
  MARIADB_DATABASE: 'teahouse',
  MARIADB_ROOT_PASSWORD: password,
  // Takes a second, and nothing here asks for a time zone.
  MARIADB_INITDB_SKIP_TZINFO: '1',
}
const env = Object.entries(settings).flatMap((pair) => ['--env', pair.join('=')])
const client = ['mariadb', '-uroot', `-p${password}`, '--skip-column-names', 'teahouse', '-e']

export const mariadbImage = 'mariadb:11.8'

/** A database in a container of its own, which nobody reaches from outside. */
export class MariaDb {
  readonly id: string
  readonly #containers: Containers

  private constructor(containers: Containers, id: string) {
    this.#containers = containers
    this.id = id
  }

  /** Is not ready yet, and perhaps never will be. */
  static async start(
    containers: Containers,
    options: readonly string[] = [],
    flags: readonly string[] = [],
  ): Promise<MariaDb> {
    const place = ['--network', 'none', ...env, ...options]
    const id = await containers.run(...place, containers.image(mariadbImage), ...flags)
    return new MariaDb(containers, id)
  }

  /** While it prepares its folder the server is there too, but on no port. */
  untilReady(): Promise<void> {
    return this.#containers.untilSays(this.id, 'port: 3306')
  }

  /** In good order, and up again. */
  async restart(): Promise<void> {
    await this.stop()
    await this.startAgain()
  }

  async stop(): Promise<void> {
    await this.#containers.docker('stop', '--time', '60', this.id)
  }

  async startAgain(): Promise<void> {
    await this.#containers.docker('start', this.id)
    await this.untilReady()
  }

  /** What the statements say, one row a line, with tabs between. An error is a failure of the test. */
  async sql(statements: string): Promise<readonly string[]> {
    const said = await this.#containers.attempt('exec', this.id, ...client, statements)
    expect(said.exitCode, said.output).toBe(0)
    return said.output.split('\n').filter(Boolean)
  }

  async version(): Promise<string> {
    const [said = ''] = await this.sql('SELECT VERSION()')
    return /\d+(\.\d+)+/.exec(said)?.[0] ?? said
  }
}
