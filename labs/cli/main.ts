import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Lab, readCatalog } from '../catalog/catalog.ts'
import { labsFolder, projectFolder } from '../session/folders.ts'
import { handBack, sudoer } from '../session/hand-back.ts'
import { parseArguments } from './arguments.ts'
import { type Context, exitCode } from './context.ts'
import { endOnFault } from './fault.ts'
import { reportFailure } from './failure.ts'
import { processOutput } from './output.ts'
import { run } from './run.ts'
import { refuseSwallowedOptions } from './swallowed.ts'

// The one file that touches the process: arguments and signals in, exit code out.
const interrupted = new AbortController()
const fault = endOnFault(process, interrupted)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => interrupted.abort(new Error(signal)))

// The window was closed (EIO), or `| head` has seen enough (EPIPE): nobody reads any more, and the
// lab ends in good order instead of falling over its own words.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error) => interrupted.abort(error))

const out = processOutput()
let json = process.argv.includes('--json')
let labs: readonly Lab[] = []
try {
  refuseSwallowedOptions(process.env)
  const { command, options } = parseArguments(process.argv.slice(2))
  if (options.lang) process.env.FOUR_TIERS_LANG = options.lang
  json = options.json
  const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
    version: string
  }
  const context: Context = {
    labs: (labs = readCatalog(labsFolder)),
    options,
    out,
    signal: interrupted.signal,
    now: () => new Date(),
  }
  process.exitCode = await run(context, command, version)
} catch (error) {
  process.exitCode = interrupted.signal.aborted
    ? exitCode.interrupted
    : reportFailure(error, out, json)
}
const reader = sudoer(process.env)
if (reader) handBack(reader, labs)
if (fault.isKnown) process.exitCode = reportFailure(fault.error, out, json)
// A terminal's raw input or a worker's handle must not keep a finished command alive.
process.exit()
