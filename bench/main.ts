import { UsageError } from '../labs/cli/arguments.ts'
import { EnvironmentError } from '../labs/runtime/environment-error.ts'
import { help, parseArguments, type Row } from './arguments.ts'
import { benchApplying } from './applying.ts'
import { type BuiltSite, openBuiltSite } from './built-site.ts'
import { benchCaches } from './caches.ts'
import { benchDiagramFrames } from './diagram-frames.ts'
import { benchFailover } from './failover.ts'
import { benchPlayground } from './playground.ts'
import { benchSaveToVerdict } from './save-to-verdict.ts'
import { benchSite } from './site.ts'
import { benchStages } from './stages.ts'
import { benchTiers } from './tiers.ts'

// `npm run bench`: what the project promises about speed, measured against a peer in the same run.
const print = (line: string) => void process.stdout.write(`${line}\n`)
let built: BuiltSite | undefined
const site = async () => (built ??= await openBuiltSite())

const measure: Readonly<Record<Row, () => Promise<void>>> = {
  site: async () => benchSite(print, await site()),
  diagram: () => benchDiagramFrames(print),
  playground: async () => benchPlayground(print, await site()),
  caches: () => benchCaches(print),
  labs: () => benchSaveToVerdict(print),
  applying: () => benchApplying(print),
  stages: () => benchStages(print),
  tiers: () => benchTiers(print),
  failover: () => benchFailover(print),
}

async function main(words: readonly string[]): Promise<void> {
  const wanted = parseArguments(words)
  if (wanted === 'help') return print(help.trimEnd())
  print(`Node ${process.versions.node}, ${process.platform} ${process.arch}`)
  try {
    for (const row of wanted) {
      print('')
      await measure[row]()
    }
  } finally {
    await built?.close()
  }
}

function exitCodeOf(error: unknown): number {
  const isKnown = error instanceof UsageError || error instanceof EnvironmentError
  const found = error instanceof Error ? (isKnown ? error.message : error.stack) : error
  process.stderr.write(`${found}\n${isKnown ? `Next: ${error.next}\n` : ''}`)
  return error instanceof UsageError ? 2 : error instanceof EnvironmentError ? 3 : 1
}

process.exit(
  await main(process.argv.slice(2)).then(
    () => 0,
    (error: unknown) => exitCodeOf(error),
  ),
)
