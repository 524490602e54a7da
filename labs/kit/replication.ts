import { setTimeout as pause } from 'node:timers/promises'
import type { LabHandle } from './lab.ts'

type Lab = Pick<LabHandle, 'exec'>

/** What a Redis says of its part in a replication. */
export interface Replication {
  readonly role: 'master' | 'copy'
  /** Whom it copies, by the name or the address that it was told. */
  readonly of?: string
  readonly isLinkUp: boolean
  /** Two with the same history have the same id, and who has all of it the same offset. */
  readonly id: string
  readonly offset: number
  readonly copies: number
}

/** Undefined: it does not answer, be it dead or frozen. */
export async function replicationOf(lab: Lab, server: string): Promise<Replication | undefined> {
  const { exitCode, stdout } = await lab.exec(server, [
    ...['timeout', '2', 'redis-cli', 'INFO', 'replication'],
  ])
  return exitCode === 0 ? parseReplication(stdout) : undefined
}

export function parseReplication(info: string): Replication | undefined {
  const lines = info.matchAll(/^([\w-]+):(.*?)\r?$/gm)
  const fields = Object.fromEntries([...lines].map(([, name = '', value = '']) => [name, value]))
  if (fields.role === undefined) return undefined
  const isCopy = fields.role === 'slave'
  return {
    role: isCopy ? 'copy' : 'master',
    ...(isCopy ? { of: fields.master_host } : {}),
    isLinkUp: fields.master_link_status === 'up',
    id: fields.master_replid ?? '',
    offset: Number(isCopy ? fields.slave_repl_offset : fields.master_repl_offset),
    copies: Number(fields.connected_slaves ?? 0),
  }
}

/** Those of them that believe themselves master. */
export async function mastersAmong(lab: Lab, servers: readonly string[]): Promise<string[]> {
  const said = await Promise.all(servers.map((server) => replicationOf(lab, server)))
  return servers.filter((_, index) => said[index]?.role === 'master')
}

/** This one copies that one, and has all that it has. */
export async function copiesAll(lab: Lab, copy: string, master: string): Promise<boolean> {
  const [one, other] = await Promise.all([replicationOf(lab, copy), replicationOf(lab, master)])
  if (one?.role !== 'copy' || other?.role !== 'master') return false
  return one.isLinkUp && one.id === other.id && one.offset === other.offset
}

/** Of two one is the master and the other its copy, whichever, and has all; so it is with each pair. */
export async function areInStep(
  lab: Lab,
  pairs: readonly (readonly [string, string])[],
): Promise<boolean> {
  const isInStep = async ([one, other]: readonly [string, string]) =>
    (await copiesAll(lab, one, other)) || (await copiesAll(lab, other, one))
  return (await Promise.all(pairs.map(isInStep))).every(Boolean)
}

/** False where it does not come about in time, which is for others to judge. */
export async function untilInStep(
  lab: Lab,
  pairs: readonly (readonly [string, string])[],
  ms: number,
): Promise<boolean> {
  for (const until = performance.now() + ms; performance.now() < until; await pause(200))
    if (await areInStep(lab, pairs)) return true
  return false
}

/** The servers of a lab with Sentinels. */
export interface Pairs {
  readonly redis: readonly string[]
  readonly sentinels: readonly string[]
  readonly web: readonly string[]
}

/**
 * As on the first day: roles stay where the last failover has put them, and Sentinels remember. True
 * once each Sentinel knows the others, and a copy of every master, of which there are so many; false
 * where that does not come about, which is for others to judge.
 */
export async function beginAnew(
  lab: Pick<LabHandle, 'exec' | 'recreate' | 'stop' | 'start'>,
  { redis, sentinels, web }: Pairs,
  { masters = 2, patienceMs = 12_000 } = {},
): Promise<boolean> {
  const again = async (server: string) => {
    await lab.stop(server)
    await lab.start(server)
  }
  // A Sentinel asks a master whom it has when it begins, and then every ten seconds: copies come first.
  const anew = async () => {
    await lab.recreate(...redis)
    await lab.recreate(...sentinels)
  }
  await Promise.all([anew(), ...web.map(again)])
  const isWhole = ({ copies, others, isWell }: Watched) =>
    copies > 0 && others === sentinels.length - 1 && isWell
  for (const until = performance.now() + patienceMs; performance.now() < until; await pause(200)) {
    const lists = await Promise.all(sentinels.map((sentinel) => watchedBy(lab, sentinel)))
    if (lists.every((watched) => watched.filter(isWhole).length >= masters)) return true
    // Who watches nobody will not begin to.
    if (lists.every(({ length }) => length === 0)) return false
  }
  return false
}

/** A master as a Sentinel sees it. */
export interface Watched {
  readonly name: string
  readonly master: string
  readonly copies: number
  readonly others: number
  readonly isWell: boolean
  readonly isFailingOver: boolean
}

export async function watchedBy(lab: Lab, sentinel: string): Promise<Watched[]> {
  return parseMasters(await askSentinel(lab, sentinel, 'MASTERS'))
}

/** Whether it has asked the others for their votes, since it began, to replace this master. */
export async function hasStoodFor(lab: Lab, sentinel: string, master: string): Promise<boolean> {
  const others = parseInstances(await askSentinel(lab, sentinel, 'SENTINELS', master))
  return others.some((fields) => Number(fields['voted-leader-epoch']) > 0)
}

/** Empty: it does not answer. */
async function askSentinel(lab: Lab, sentinel: string, ...words: string[]): Promise<string> {
  const command = ['timeout', '2', 'redis-cli', '-p', '26379', 'SENTINEL', ...words]
  const { exitCode, stdout } = await lab.exec(sentinel, command)
  return exitCode === 0 ? stdout : ''
}

/** A line for each name and each value; every instance begins with its name. */
function parseInstances(reply: string): Partial<Record<string, string>>[] {
  const lines = reply.split('\n').map((line) => line.trim())
  const instances: Record<string, string>[] = []
  for (let at = 0; at + 1 < lines.length; at += 2) {
    if (lines[at] === 'name') instances.push({})
    const fields = instances.at(-1)
    if (fields) fields[lines[at]!] = lines[at + 1]!
  }
  return instances
}

export function parseMasters(reply: string): Watched[] {
  return parseInstances(reply).map((fields) => ({
    name: fields.name!,
    master: fields.ip ?? '',
    copies: Number(fields['num-slaves']),
    others: Number(fields['num-other-sentinels']),
    isWell: fields.flags === 'master',
    isFailingOver: fields.flags?.includes('failover_in_progress') ?? false,
  }))
}
