import { readCatalog } from '../../labs/catalog/catalog.ts'
import { chooseEngine, type Engine } from '../../labs/runtime/docker/engine.ts'
import { cacheFolder, labsFolder } from '../../labs/session/folders.ts'

const ofAllLabs = () => [...new Set(readCatalog(labsFolder).flatMap((lab) => lab.images))]

/** The engine that all tests share, with these official images; whoever takes it releases it. */
export const takeEngine = (images: readonly string[] = ofAllLabs()): Promise<Engine> =>
  chooseEngine({
    cache: cacheFolder(),
    images,
    report: () => undefined,
    consent: () => Promise.resolve(true),
  })
