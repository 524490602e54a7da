import { say } from '../../labs/language.ts'
import { showProgress } from '../../labs/runtime/docker/offline/show-progress.ts'
import { EnvironmentError } from '../../labs/runtime/environment-error.ts'
import { provideChromium } from './chromium.ts'

// Before the tests: a browser that is missing is brought now, or told now, and not after twenty minutes.
const progress = showProgress(process.stderr)
try {
  await provideChromium(progress.show)
} catch (error) {
  if (!(error instanceof EnvironmentError)) throw error
  progress.end()
  process.stderr.write(`${error.message}\n  ${say('Next:', '下一步：')} ${error.next}\n`)
  process.exitCode = 3
} finally {
  progress.end()
}
