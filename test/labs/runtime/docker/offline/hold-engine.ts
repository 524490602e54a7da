import { once } from 'node:events'
import { startPrivateEngine } from '../../../../../labs/runtime/docker/offline/engine.ts'
import { EnvironmentError } from '../../../../../labs/runtime/environment-error.ts'

/** Starts an engine, reports in one line of JSON, and stops it when standard input ends. */
try {
  const engine = await startPrivateEngine({ folder: process.argv[2] ?? '', onProgress: () => {} })
  process.stdout.write(`${JSON.stringify({ env: engine.env })}\n`)
  await once(process.stdin.resume(), 'end')
  await engine.stop()
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error
  process.stdout.write(`${JSON.stringify({ found: error.message, next: error.next })}\n`)
}
