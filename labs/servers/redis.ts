import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { meaningIn, type Meanings } from './kind/meanings.ts'
import type { Problem } from './kind/problem.ts'
import type { Edit, ServerKind } from './kind/server-kind.ts'
import type { World } from './kind/world.ts'

type RedisChange = z.infer<typeof change>
const change = z.strictObject({
  by: z.literal('redis'),
  files: z.string(),
  service: z.string(),
  /** The folder inside the container, and the file there that redis-server is started with. */
  at: z.string(),
  main: z.string(),
})

/** Tried by a second redis-server; then `CONFIG SET` where that is enough, else a restart. */
export const kind: ServerKind<RedisChange> = {
  change,
  tier: 'store',
  servers: ({ service }) => [service],
  mayGo: ({ files, main }, file) => file !== files + main,
  tryOut: (world, [{ change }]) => tryFile(world, change),
  async take(world, [edit]) {
    const refused = await tryFile(world, edit.change)
    if (refused.length > 0 || (await setLive(world, edit))) return refused
    const said = await world.boot(edit.change.service)
    return said ? [parseRedis(said, edit.change, liveText(world, edit.change))] : []
  },
  async takeBack(world, [{ change }]) {
    const { stdout } = await ask(world, change, liveText(world, change), 'PING')
    if (stdout !== 'PONG') await world.boot(change.service)
  },
  emptyCache: (world, change) => ask(world, change, liveText(world, change), 'FLUSHALL'),
}

/** It has read its file, and looked for a port to listen on: what comes after would touch the data. */
const passed = 'Configured to not listen anywhere'

/** Later words beat those of the file. https://redis.io/docs/latest/operate/oss_and_stack/management/config/ */
const trial = [
  ...['--port', '0', '--unixsocket', '', '--daemonize', 'no', '--supervised', 'no'],
  ...['--logfile', '', '--pidfile', '/tmp/redis-on-trial.pid'],
  ...['--cluster-enabled', 'no', '--replicaof', 'no', 'one'],
]

async function tryFile(world: World, change: RedisChange): Promise<readonly Problem[]> {
  const command = ['timeout', '5', 'redis-server', `${change.at}/${change.main}`, ...trial]
  const { stdout, stderr } = await world.exec(change.service, command)
  if (stdout.includes(passed)) return []
  return [parseRedis(`${stdout}\n${stderr}`, change, liveText(world, change))]
}

/** All that differs in one `CONFIG SET`, which Redis does as a whole or not at all. False: not done. */
async function setLive(world: World, { change, now, before }: Edit<RedisChange>): Promise<boolean> {
  const main = change.files + change.main
  const [old = '', text = ''] = [before, now].map((files) => files.get(main)?.bytes.toString())
  const [was, is] = [directives(old), directives(text)]
  // What stood there and is gone has its default again, which only a start knows.
  if (now.size + before.size > 2 || [...was.keys()].some((name) => !is.has(name))) return false
  const changed = [...is].filter(([name, value]) => was.get(name) !== value)
  if (changed.length === 0) return true
  const words = changed.map(([name, value]) => `${name} ${asOneWord(value)}`)
  return (await ask(world, change, old, `CONFIG SET ${words.join(' ')}`)).stdout === 'OK'
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
function ask(world: World, { service }: RedisChange, conf: string, command: string) {
  const { port = '6379', requirepass = '' } = Object.fromEntries(directives(conf))
  const script = '[ -z "$3" ] || export REDISCLI_AUTH="$3"; printf "%s\\n" "$1" | redis-cli -p "$2"'
  const password = requirepass.replace(/^(["'])(.*)\1$/, '$2')
  return world.exec(service, ['sh', '-c', script, 'redis', command, port, password])
}

const liveText = ({ live }: World, { files, main }: RedisChange) =>
  readFileSync(join(live, files + main), 'utf8')

/**
 * `Reading the configuration file, at line 3`, the line behind `>>>`, then what is wrong with it. A name
 * that it does not know may be a module's: it is told later, and without a number.
 */
export function parseRedis(
  output: string,
  { files, main }: Pick<RedisChange, 'files' | 'main'>,
  text: string,
): Problem {
  const [, number, said] = /at line (\d+)\n>>> .*\n(.*)/.exec(output) ?? []
  const unknown = / # >>> '([\w-]+) /.exec(output)?.[1]
  const isUnknown = (line: string) => line.trim().toLowerCase().split(/\s/)[0] === unknown
  const found = text.split('\n').findIndex(isUnknown) + 1
  // `12:M 27 Nov 2026 19:41:48.123 # Aborting Redis startup because of ACL errors: …`
  const last = output.trim().split('\n').at(-1) ?? ''
  const message = said ?? last.replace(/^\d+:\w [^#*]*[#*] /, '').slice(0, 400)
  return {
    file: files + main,
    line: Number(number) || found || undefined,
    message,
    meaning: meaningIn(meanings, message),
  }
}

/** Redis' own words, and what a beginner has usually done. */
const meanings: Meanings = [
  [
    /Bad directive|wrong number of arguments/,
    {
      en: 'A misspelt name, or a word too many or too few behind it.',
      zh: '名字拼错了，或者后面的词多了、少了。',
    },
  ],
  [
    /^Module Configuration detected/,
    {
      en: 'Redis has no such setting: the name is misspelt, or it belongs to a module.',
      zh: 'Redis 没有这项设置：名字拼错了，或者它属于某个模块。',
    },
  ],
  [
    /must be a memory value/,
    {
      en: 'A size is a number and a unit without a space: 100mb, 1gb.',
      zh: '大小写成数字加单位，中间没有空格：100mb、1gb。',
    },
  ],
  [
    /must be between|couldn't be parsed|must be one of|must be 'yes' or 'no'/,
    { en: 'The name is known, the value behind it is not.', zh: '名字没错，后面的值不对。' },
  ],
  [/[Uu]nbalanced quotes/, { en: 'A quotation mark was never closed.', zh: '有引号没有结束。' }],
  [
    /Can't chdir|No such file or directory/,
    {
      en: 'The path is one inside the container, and nothing is there.',
      zh: '路径是容器里面的路径，而那里什么也没有。',
    },
  ],
]
