import { z } from 'zod'
import { say } from '../language.ts'
import type { Problem } from './kind/problem.ts'
import type { ServerKind } from './kind/server-kind.ts'
import type { ExecResult, World } from './kind/world.ts'
import { askNginx, cacheFolders } from './nginx/cache-folders.ts'
import { meaningOf } from './nginx/meanings.ts'

type NginxChange = z.infer<typeof change>
const change = z.strictObject({
  by: z.literal('nginx'),
  files: z.string(),
  service: z.string(),
  /** The folder inside the container. */
  at: z.string(),
})

export const kind: ServerKind<NginxChange> = {
  change,
  tier: 'proxy',
  looksNamesUpOnce: true,
  hasCurl: true,
  servers: ({ service }) => [service],
  mayGo: () => true,
  tryOut: (world, [{ change }]) => run(world, change, 'test'),
  take: (world, [{ change }]) => run(world, change, 'reload'),
  async takeBack(world, [{ change }]) {
    const { service } = change
    // It had to be started anew, and did not come up.
    const isUp = await world.exec(service, ['sh', '-c', 'kill -0 "$(cat /run/nginx.pid)"'])
    if (isUp.exitCode !== 0) await world.boot(service)
  },
  refresh: async (world, change) => void (await run(world, change, 'reload')),
  emptyCache: (world, { service }) => forgetCopies(world, service),
}

const refused = 10
const silent = 11

/**
 * Tests the configuration, sends SIGHUP to the master and waits until only new workers accept
 * connections: the old ones say "is shutting down" in their process title once they stopped
 * listening. One `docker exec` for all of it. https://nginx.org/en/docs/control.html#reconfiguration
 */
const reload = `
out=$(nginx -t 2>&1) || { echo "$out"; exit ${refused}; }
[ "$1" = test ] && exit 0
workers() {
  for file in /proc/[0-9]*/cmdline; do
    IFS= read -r title 2>/dev/null <"$file"
    case $title in
      'nginx: worker process is'*) ;;
      'nginx: worker process'*) pid=\${file#/proc/}; echo "\${pid%/cmdline}" ;;
    esac
  done
}
old=" $(workers | tr '\\n' ' ') "
kill -HUP "$(cat /run/nginx.pid)"
tries=0
while [ $tries -lt 250 ]; do
  fresh=0; stale=0
  for pid in $(workers); do
    case $old in *" $pid "*) stale=1 ;; *) fresh=1 ;; esac
  done
  [ $fresh = 1 ] && [ $stale = 0 ] && exit 0
  tries=$((tries + 1)); sleep 0.02
done
exit ${silent}
`

/**
 * What lies in memory has its place or its key for as long as nginx lives: a master that runs refuses
 * another one, which a fresh master takes.
 */
const anotherBefore = /\bpreviously\b/

/** A copy whose file is gone is a miss. */
async function forgetCopies(world: World, service: string): Promise<ExecResult> {
  const asked = await world.exec(service, ['sh', '-c', askNginx])
  const folders = cacheFolders(asked.stdout)
  if (asked.exitCode !== 0 || folders.length === 0) return asked
  return world.exec(service, ['find', ...folders, '-type', 'f', '-delete'])
}

/** New workers, who know nothing of servers that were away. Where no nginx runs nothing happens. */
export const reloadNginx = (world: World, service: string): Promise<ExecResult> =>
  world.exec(service, ['sh', '-c', reload, 'nginx', 'reload'])

async function run(
  world: World,
  change: NginxChange,
  verb: 'reload' | 'test',
): Promise<readonly Problem[]> {
  const { service } = change
  const result = await world.exec(service, ['sh', '-c', reload, 'nginx', verb])
  if (result.exitCode === 0) return []
  if (result.exitCode === refused) return parseNginx(result.stdout, change)
  if (result.exitCode === silent) {
    const problems = parseNginx(await world.lastWords(service, 5), change)
    if (problems.some(({ message }) => anotherBefore.test(message)))
      return parseNginx(await world.boot(service), change)
    if (problems.length > 0) return problems
  }
  throw world.fault(
    service,
    say(
      `nginx did not take the new configuration: ${result.stderr.trim()}`,
      `nginx 没有接受新的配置：${result.stderr.trim()}`,
    ),
  )
}

/** `nginx: [emerg] unknown directive "x" in /etc/nginx/conf.d/a.conf:3` */
export function parseNginx(
  output: string,
  { files, at }: Pick<NginxChange, 'files' | 'at'>,
): Problem[] {
  return output.split('\n').flatMap((text) => {
    const words = /\[(?:emerg|alert|crit)\][^a-z"]*(?:\d+#\d+: )?(.*)$/.exec(text)?.[1]
    if (!words) return []
    const [, message = words, path = '', line] = /^(.*) in (\/\S+):(\d+)$/.exec(words) ?? []
    const file = path.startsWith(at) ? files + path.slice(at.length).replace(/^\//, '') : path
    return [
      {
        file: file || files,
        line: line ? Number(line) : undefined,
        message,
        meaning: meaningOf(message),
      },
    ]
  })
}
