import { z } from 'zod'
import { say } from '../language.ts'
import type { Problem } from './kind/problem.ts'
import type { ServerKind } from './kind/server-kind.ts'
import type { World } from './kind/world.ts'
import { parseVcl } from './varnish/report.ts'

export type VarnishChange = z.infer<typeof change>
const change = z.strictObject({
  by: z.literal('varnish'),
  files: z.string(),
  service: z.string(),
  /** The folder inside the container, and its first file. */
  at: z.string(),
  main: z.string(),
})

export const kind: ServerKind<VarnishChange> = {
  change,
  tier: 'cache',
  servers: ({ service }) => [service],
  mayGo: ({ files, main }, file) => file !== files + main,
  take: (world, [{ change }]) => loadVcl(world, change),
  // A ban on everything, hit-for-miss objects among them: no lookup finds what was there before.
  emptyCache: (world, { service }) =>
    world.exec(service, ['sh', '-c', "varnishadm -t 60 ban 'req.url ~ .'"]),
  refresh: async (world, { service }) => void (await world.exec(service, ['sh', '-c', untilWell])),
}

/**
 * Servers that are back are well when as many probes say so as the VCL asks for: three by default, five
 * seconds apart. Where a probe never succeeds, that is what readers see, too.
 * https://varnish-cache.org/docs/7.7/reference/vcl-probe.html
 */
const untilWell = `
tries=0
while varnishadm backend.list | grep -q ' sick ' && [ $tries -lt 160 ]; do
  tries=$((tries + 1)); sleep 0.1
done
`

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
async function loadVcl(world: World, change: VarnishChange): Promise<readonly Problem[]> {
  const { service, at, main } = change
  const result = await world.exec(service, ['sh', '-c', load, 'vcl', `${at}/${main}`])
  if (result.exitCode === 0) return []
  if (result.exitCode === refused) return parseVcl(result.stdout, change)
  throw world.fault(
    service,
    say(
      `Varnish did not take the new file: ${result.stderr.trim()}`,
      `Varnish 没有接受新的文件：${result.stderr.trim()}`,
    ),
  )
}
