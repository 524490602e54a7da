import { readCatalog } from '../../labs/catalog/catalog.ts'
import { chooseEngine, type Engine } from '../../labs/runtime/docker/engine.ts'
import { showProgress } from '../../labs/runtime/docker/offline/show-progress.ts'
import { cacheFolder, labsFolder } from '../../labs/session/folders.ts'

interface Shared {
  engine: Promise<Engine>
  users: number
}

/** vitest sets up each project in a world of its own; what they have in common is this process. */
const common = globalThis as { fourTiersEngine?: Shared }

/** One engine for all tests: every session in them finds it running and leaves it so. */
export default async function setup() {
  const shared = (common.fourTiersEngine ??= { engine: start(), users: 0 })
  shared.users++
  await shared.engine
  return async () => {
    if (--shared.users > 0) return
    delete common.fourTiersEngine
    await (await shared.engine).release()
  }
}

async function start(): Promise<Engine> {
  const images = [...new Set(readCatalog(labsFolder).flatMap((lab) => lab.images))]
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort(new Error('SIGINT')))
  const progress = showProgress(process.stderr)
  const engine = await chooseEngine({
    cache: cacheFolder(),
    images,
    report: (step, how) => progress.show({ step, ...how }),
    consent: () => Promise.resolve(true),
    signal: interrupted.signal,
  }).finally(progress.end)
  // vitest ends at once on Ctrl-C, without the teardown above.
  const leave = () => void engine.release().finally(() => process.exit(130))
  process.once('SIGINT', leave)
  return {
    ...engine,
    release: () => {
      process.off('SIGINT', leave)
      return engine.release()
    },
  }
}
