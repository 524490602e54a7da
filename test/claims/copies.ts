import { expect } from 'vitest'
import { patience, type Server } from './server.ts'

/** Makes it a copy, and waits until it has all that the master has. */
export async function follow(copy: Server, master: Server): Promise<void> {
  await copy.redis.replicaof(master.machine.address, master.port)
  await untilLinked(copy, master)
}

export async function untilLinked(copy: Server, master: Server): Promise<void> {
  await expect.poll(() => linkOf(copy), patience).toBe(`slave of ${addressOf(master)}, up`)
  await expect.poll(() => master.info('replication', 'slave0'), patience).toContain('state=online')
}

async function linkOf(copy: Server): Promise<string> {
  const told = (field: string) => copy.info('replication', field)
  const address = `${await told('master_host')}:${await told('master_port')}`
  return `${await told('role')} of ${address}, ${await told('master_link_status')}`
}

export const addressOf = ({ machine, port }: Server): string => `${machine.address}:${port}`

export const roleOf = (server: Server): Promise<string> => server.info('replication', 'role')

export const untilRole = (server: Server, role: 'master' | 'slave') =>
  expect.poll(() => roleOf(server), patience).toBe(role)

/** Until so many copies have told the master that they have what this connection has written. */
export const untilCopied = (master: Server, copies = 1) =>
  expect.poll(() => master.redis.wait(copies, 1000), patience).toBeGreaterThanOrEqual(copies)

/** So many keys, as in `page:1`. */
export const keysOf = (name: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${name}:${index + 1}`)

/** Each of them with this value; many at once, though not all. */
export async function setAll(master: Server, keys: readonly string[], value: string) {
  for (let at = 0; at < keys.length; at += 500)
    await Promise.all(keys.slice(at, at + 500).map((key) => master.redis.set(key, value)))
}

/** Those that it has. */
export async function heldBy(
  { redis }: Server,
  keys: readonly string[],
): Promise<readonly string[]> {
  const values = keys.length === 0 ? [] : await redis.mget(...keys)
  return keys.filter((_, index) => values[index] !== null)
}

/** As when the line breaks while the copy hears nothing: what is written from now on does not reach it. */
export async function loseTouch(copy: Server, master: Server): Promise<void> {
  await copy.signal('STOP')
  expect(await master.redis.call('CLIENT', 'KILL', 'TYPE', 'replica')).toBeGreaterThan(0)
}
