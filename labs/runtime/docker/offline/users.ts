import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { identityOf, isAlive } from '../../process-identity.ts'

/** The processes that use an engine: one file each. A process that died without a word counts no more. */
export interface Users {
  /** Counts this process in, and returns how to count it out. */
  join(): Promise<() => Promise<void>>
  alive(): Promise<readonly number[]>
}

let joined = 0

export function usersIn(folder: string): Users {
  const users = join(folder, 'users')
  return {
    async join() {
      await mkdir(users, { recursive: true })
      // Two labs may run in one process: each is a user.
      const file = join(users, `${process.pid}.${++joined}`)
      await writeFile(file, identityOf(process.pid) ?? '')
      return () => rm(file, { force: true })
    },
    async alive() {
      const files = await readdir(users).catch(() => [])
      const pids: number[] = []
      for (const name of files) {
        const file = join(users, name)
        if (isAlive(await readFile(file, 'utf8').catch(() => '')))
          pids.push(Number.parseInt(name, 10))
        else await rm(file, { force: true })
      }
      return pids
    },
  }
}
