import { readCatalog } from '../../labs/catalog/catalog.ts'
import { chooseEngine } from '../../labs/runtime/docker/engine.ts'
import { cacheFolder, labsFolder } from '../../labs/session/folders.ts'

/** One engine for all tests: every session in them finds it running and leaves it so. */
export default async function setup() {
  const images = [...new Set(readCatalog(labsFolder).flatMap((lab) => lab.images))]
  const engine = await chooseEngine({
    cache: cacheFolder(),
    images,
    report: (step) => process.stderr.write(`${step}\n`),
    consent: () => Promise.resolve(true),
  })
  return () => engine.release()
}
