import { readCatalog } from '../../labs/catalog/catalog.ts'
import { chooseEngine } from '../../labs/runtime/docker/engine.ts'
import { cacheFolder, labsFolder } from '../../labs/session/folders.ts'

/** One engine for all tests: every session in them finds it running and leaves it so. */
export default async function setup() {
  const images = [...new Set(readCatalog(labsFolder).flatMap((lab) => lab.images))]
  const interrupted = new AbortController()
  process.once('SIGINT', () => interrupted.abort(new Error('SIGINT')))
  const engine = await chooseEngine({
    cache: cacheFolder(),
    images,
    report: (step) => process.stderr.write(`${step}\n`),
    consent: () => Promise.resolve(true),
    signal: interrupted.signal,
  })
  // vitest ends at once on Ctrl-C, without the teardown below.
  const leave = () => void engine.release().finally(() => process.exit(130))
  process.once('SIGINT', leave)
  return async () => {
    process.off('SIGINT', leave)
    await engine.release()
  }
}
