import type { Change } from '../../../catalog/definition.ts'
import { say } from '../../../language.ts'
import { EnvironmentError } from '../../environment-error.ts'
import type { Problem } from '../../runtime.ts'
import { containerName, docker } from '../docker-cli.ts'
import type { Place } from '../place.ts'
import { meaningOf } from './varnish-meanings.ts'

export type VarnishChange = Extract<Change, { by: 'varnish' }>

const refused = 10

/**
 * `vcl.load` compiles the files and looks their backends up, so it is the trial, too: what it refuses
 * changes nothing. What was compiled before goes; one that a request still uses goes when that ends.
 * The compiler behind it is a C compiler, which on a busy machine takes longer than the 5 s that
 * varnishadm waits by itself. Copies made under the old rules would hide what the new ones do: they are banned.
 * https://varnish-cache.org/docs/7.7/reference/varnish-cli.html
 */
const load = `
name=reader-$(date +%s%N)
varnishadm() { command varnishadm -t 60 "$@"; }
out=$(varnishadm vcl.load $name "$1" auto 2>&1) || {
  case $out in *compil*) echo "$out"; exit ${refused} ;; esac
  echo "$out" >&2; exit 1
}
varnishadm vcl.use $name >&2 || exit 1
varnishadm vcl.list | while read -r state rest; do
  [ "$state" = available ] && varnishadm vcl.discard "\${rest##* }" >&2
done
varnishadm ban 'req.url ~ .' >&2
`

/** What Varnish says against the files in the live folder; nothing when it uses them now. */
export async function loadVcl(place: Place, change: VarnishChange): Promise<Problem[]> {
  const name = containerName(place, change.service)
  const main = `${change.at}/${change.main}`
  const result = await docker(place, ['exec', name, 'sh', '-c', load, 'vcl', main])
  if (result.exitCode === 0) return []
  if (result.exitCode === refused) return parseVcl(result.stdout, change)
  throw new EnvironmentError(
    say(
      `Varnish did not take the new file: ${result.stderr.trim()}`,
      `Varnish 没有接受新的文件：${result.stderr.trim()}`,
    ),
    `npm run lab ${place.lab.number} logs ${change.service}`,
  )
}

/**
 * The VCL compiler's report: what it found, then `('/etc/varnish/default.vcl' Line 12 Pos 5)`, the
 * line itself and a row of marks below it; sometimes the words come after the marks. Only the first
 * place counts: the others are where that was called from.
 */
export function parseVcl(output: string, { files, at, main }: VarnishChange): Problem[] {
  const lines = output.split('\n').filter((line) => !noise.test(line))
  const where = lines.findIndex((line) => location.test(line))
  const [, path = '', line] = location.exec(lines[where] ?? '') ?? []
  const before = lines.slice(0, Math.max(where, 0))
  // The place, the line and its marks are three.
  const after = lines.slice(where + 3)
  const words = oneLine(before) || oneLine(after.slice(0, after.findIndex(isPlace) >>> 0))
  const message = words || output.trim().slice(0, 400)
  const file = path.startsWith(`${at}/`) ? path.slice(at.length + 1) : main
  return [
    {
      file: files + file,
      line: line ? Number(line) : undefined,
      message,
      meaning: meaningOf(message),
    },
  ]
}

const location = /^(?:At: )?\('([^']+)' Line (\d+) Pos \d+\)/
const isPlace = (line: string) => location.test(line)
const noise =
  /^(?:Message from \S+-compiler:|Command failed|Running VCC|VCL compilation|\(Sorry if|\(program line)/

const oneLine = (lines: readonly string[]) =>
  lines
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' ')
    .slice(0, 400)
