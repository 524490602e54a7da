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
  // One after the other: what the master is given meanwhile, the copy may have already.
  const other = await replicationOf(lab, master)
  const one = await replicationOf(lab, copy)
  if (one?.role !== 'copy' || other?.role !== 'master') return false
  return one.isLinkUp && one.id === other.id && one.offset >= other.offset
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

/**
 * Whether this Sentinel has heard that the copy answers, and that its link to the master is up: it asks
 * every ten seconds, so it hears of it late.
 */
export async function knowsInStep(lab: Lab, sentinel: string, half: string, copy: string) {
  const copies = parseInstances(await askSentinel(lab, sentinel, 'REPLICAS', half))
  return copies.some(
    ({ ip, flags = '', 'master-link-status': link }) =>
      ip === copy && !/[so]_down/.test(flags) && link === 'ok',
  )
}

/**
 * Whether one of these Sentinels has voted on who replaces a master, and nobody has: votes were split, as
 * chance would have it, and they try again after twice their `failover-timeout`.
 */
export async function isVoteLost(lab: Lab, sentinels: readonly string[]): Promise<boolean> {
  const isLostAt = async (sentinel: string) => {
    for (const { name, 'config-epoch': epoch } of parseInstances(
      await askSentinel(lab, sentinel, 'MASTERS'),
    )) {
      const others = parseInstances(await askSentinel(lab, sentinel, 'SENTINELS', name!))
      if (others.some((other) => Number(other['voted-leader-epoch']) > Number(epoch))) return true
    }
    return false
  }
  return (await Promise.all(sentinels.map(isLostAt))).some(Boolean)
}

/**
 * Until it works, or so many milliseconds are over; or, where a vote was lost, those of the next attempt
 * as well.
 */
export async function worksOnceElected(
  lab: Lab,
  { sentinels, works, ms, more }: Elected,
): Promise<boolean> {
  const within = async (ms: number) => {
    for (const until = performance.now() + ms; performance.now() < until; await pause(100))
      if (await works()) return true
    return false
  }
  return (await within(ms)) || ((await isVoteLost(lab, sentinels)) && (await within(more)))
}

interface Elected {
  readonly sentinels: readonly string[]
  readonly works: () => Promise<boolean>
  readonly ms: number
  readonly more: number
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
