import { say } from '../../../language.ts'
import { EnvironmentError } from '../../environment-error.ts'
import type { Problem } from '../../runtime.ts'
import { containerName, docker } from '../docker-cli.ts'
import type { Place } from '../place.ts'
import { meaningOf } from './nginx-meanings.ts'

/** Where the reader's files stand in the lab, and in the container. */
interface Folders {
  readonly files: string
  readonly at: string
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

export const reloadNginx = (place: Place, service: string, folders?: Folders) =>
  runNginx(place, service, 'reload', folders)

export const testNginx = (place: Place, service: string, folders?: Folders) =>
  runNginx(place, service, 'test', folders)

async function runNginx(
  place: Place,
  service: string,
  verb: 'reload' | 'test',
  folders: Folders = { files: '', at: '' },
): Promise<Problem[]> {
  const name = containerName(place, service)
  const result = await docker(place, ['exec', name, 'sh', '-c', reload, 'nginx', verb])
  if (result.exitCode === 0) return []
  if (result.exitCode === refused) return parseNginx(result.stdout, folders)
  if (result.exitCode === silent) {
    const { stderr } = await docker(place, ['logs', '--tail', '5', name])
    const problems = parseNginx(stderr, folders)
    if (problems.length > 0) return problems
  }
  throw new EnvironmentError(
    say(
      `nginx did not take the new configuration: ${result.stderr.trim()}`,
      `nginx 没有接受新的配置：${result.stderr.trim()}`,
    ),
    `npm run lab ${place.lab.number} logs ${service}`,
  )
}

/** `nginx: [emerg] unknown directive "x" in /etc/nginx/conf.d/a.conf:3` */
export function parseNginx(output: string, { files, at }: Folders): Problem[] {
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
