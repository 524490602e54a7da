import { endOnFault } from '../../labs/cli/fault.ts'
import { command } from './command.ts'

// As labs/cli/main.ts does it: a second Ctrl-C, and npm sends one of its own, ends nothing sooner.
const interrupted = new AbortController()
const fault = endOnFault(process, interrupted)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => interrupted.abort(new Error(signal)))
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error) => interrupted.abort(error))

const lineTo = (stream: NodeJS.WriteStream) => (line: string) => void stream.write(`${line}\n`)
const [out, err] = [lineTo(process.stdout), lineTo(process.stderr)]
const { signal } = interrupted
try {
  process.exitCode = await command(process.argv.slice(2), { out, err, signal })
} catch (error) {
  process.exitCode = signal.aborted ? 130 : 3
  if (!signal.aborted) err((error as Error).message)
}
if (fault.isKnown) {
  process.exitCode = 3
  err((fault.error as Error).stack ?? String(fault.error))
}
// A thread's handle must not keep a finished command alive.
process.exit()
