import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Problem } from './kind/problem.ts'
import type { Edit, ServerKind } from './kind/server-kind.ts'
import type { World } from './kind/world.ts'
import { parseRedis } from './redis/report.ts'

type RedisChange = z.infer<typeof change>
const change = z
  .strictObject({
    by: z.literal('redis'),
    files: z.string(),
    service: z.string().optional(),
    /** Several in its place, each with a file of its own. What none begins with, all may include. */
    services: z.array(z.string()).min(1).optional(),
    /** The folder inside the container, and the file there that redis-server is started with. */
    at: z.string(),
    /** Of several `{service}.conf`. */
    main: z.string(),
  })
  .refine(({ service, services, main }) =>
    services ? !service && main.includes('{service}') : service,
  )

/** One Redis, and the file that it is started with. */
interface One {
  readonly files: string
  readonly at: string
  readonly service: string
  readonly main: string
}

const everyOne = ({ files, at, service = '', services, main }: RedisChange): readonly One[] =>
  (services ?? [service]).map((name) => ({
    ...{ files, at, service: name },
    main: main.replace('{service}', name),
  }))

/** They have stood their trial: of several servers some may run with them already. */
const begun = new WeakSet<Edit<RedisChange>>()

/** Tried by a second redis-server; then `CONFIG SET` where that is enough, else a restart. */
export const kind: ServerKind<RedisChange> = {
  change,
  tier: 'store',
  servers: (change) => everyOne(change).map(({ service }) => service),
  mayGo: (change, file) => everyOne(change).every(({ files, main }) => file !== files + main),
  tryOut: (world, [{ change }]) => tryAll(world, everyOne(change)),
  async take(world, [edit]) {
    const refused = await tryAll(world, everyOne(edit.change))
    if (refused.length > 0) return refused
    begun.add(edit)
    return found(concerned(edit).map((one) => takeOne(world, one, edit)))
  },
  async takeBack(world, [edit]) {
    const goOn = concerned(edit).map(async (one) => {
      const { stdout } = await ask(world, one, liveText(world, one), 'PING')
      if (stdout !== 'PONG' || begun.has(edit)) await world.boot(one.service)
    })
    await Promise.all(goOn)
  },
  async emptyCache(world, change) {
    const all = everyOne(change).map((one) => ask(world, one, liveText(world, one), 'FLUSHALL'))
    const said = await Promise.all(all)
    return said.find(({ exitCode }) => exitCode !== 0) ?? said[0]!
  },
}

/** Whose own file has changed; all of them where another one has, which they may include. */
function concerned({ change, now, before }: Edit<RedisChange>): readonly One[] {
  const all = everyOne(change)
  const isOld = (file: string) => {
    const [was, is] = [before.get(file), now.get(file)]
    return was !== undefined && is !== undefined && was.bytes.equals(is.bytes)
  }
  const changed = [...new Set([...now.keys(), ...before.keys()])].filter((file) => !isOld(file))
  const own = all.filter(({ files, main }) => changed.includes(files + main))
  return own.length === changed.length ? own : all
}

async function takeOne(world: World, one: One, edit: Edit<RedisChange>) {
  if (await setLive(world, one, edit)) return []
  const said = await world.boot(one.service)
  return said ? [parseRedis(said, one, ...readLive(world, one))] : []
}

/** Of the same words about a file that several include, the first will do. */
async function found(work: readonly Promise<readonly Problem[]>[]): Promise<readonly Problem[]> {
  const known = new Map<string, Problem>()
  for (const problem of (await Promise.all(work)).flat()) {
    const words = `${problem.file}:${problem.line}:${problem.message}`
    if (!known.has(words)) known.set(words, problem)
  }
  return [...known.values()]
}

const tryAll = (world: World, all: readonly One[]) => found(all.map((one) => tryFile(world, one)))

/** It has read its file, and looked for a port to listen on: what comes after would touch the data. */
const passed = 'Configured to not listen anywhere'

/** Later words beat those of the file. https://redis.io/docs/latest/operate/oss_and_stack/management/config/ */
const trial = [
  ...['--port', '0', '--unixsocket', '', '--daemonize', 'no', '--supervised', 'no'],
  ...['--logfile', '', '--pidfile', '/tmp/redis-on-trial.pid'],
  ...['--cluster-enabled', 'no', '--replicaof', 'no', 'one'],
]

async function tryFile(world: World, one: One): Promise<readonly Problem[]> {
  const command = ['timeout', '5', 'redis-server', `${one.at}/${one.main}`, ...trial]
  const { stdout, stderr } = await world.exec(one.service, command)
  if (stdout.includes(passed)) return []
  return [parseRedis(`${stdout}\n${stderr}`, one, ...readLive(world, one))]
}

/** All that differs in one `CONFIG SET`, which Redis does as a whole or not at all. False: not done. */
async function setLive(
  world: World,
  one: One,
  { now, before }: Edit<RedisChange>,
): Promise<boolean> {
  const main = one.files + one.main
  const [old = '', text = ''] = [before, now].map((files) => files.get(main)?.bytes.toString())
  const [was, is] = [directives(old), directives(text)]
  // What stood there and is gone has its default again, which only a start knows.
  if (now.size + before.size > 2 || [...was.keys()].some((name) => !is.has(name))) return false
  const changed = [...is].filter(([name, value]) => was.get(name) !== value)
  if (changed.length === 0) return true
  const words = changed.map(([name, value]) => `${name} ${asOneWord(value)}`)
  return (await ask(world, one, old, `CONFIG SET ${words.join(' ')}`)).stdout === 'OK'
}

/** Name → what follows it; a name that stands more than once has all of it. */
function directives(text: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, name = '', value = ''] = /^\s*([\w-]+)\s+(.*?)\s*$/.exec(line) ?? []
    const key = name.toLowerCase()
    if (name) found.set(key, found.has(key) ? `${found.get(key)} ${value}` : value)
  }
  return found
}

/** redis-cli cuts its words as redis.conf does; only several must be made one. */
const asOneWord = (value: string) => (/^\S+$|^".*"$|^'.*'$/.test(value) ? value : `"${value}"`)

/** One command for the server that runs with this redis.conf. */
function ask(world: World, { service }: One, conf: string, command: string) {
  const { port = '6379', requirepass = '' } = Object.fromEntries(directives(conf))
  const script = '[ -z "$3" ] || export REDISCLI_AUTH="$3"; printf "%s\\n" "$1" | redis-cli -p "$2"'
  const password = requirepass.replace(/^(["'])(.*)\1$/, '$2')
  return world.exec(service, ['sh', '-c', script, 'redis', command, port, password])
}

const liveText = ({ live }: World, { files, main }: Pick<One, 'files' | 'main'>) =>
  readFileSync(join(live, files + main), 'utf8')

/** The text of its own file, and those that it includes: `include /lab/redis/common.conf`. */
function readLive(world: World, one: One): [string, ReadonlyMap<string, string>] {
  const text = liveText(world, one)
  const included = [...text.matchAll(/^\s*include\s+(\S+)/gim)].map(([, path = '']) => path)
  const below = included.filter((path) => path.startsWith(`${one.at}/`))
  const files = below.flatMap((path) => {
    const file = one.files + path.slice(one.at.length + 1)
    return existsSync(join(world.live, file))
      ? [[file, readFileSync(join(world.live, file), 'utf8')] as const]
      : []
  })
  return [text, new Map(files)]
}
